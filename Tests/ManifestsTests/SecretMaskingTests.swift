import Manifests
import Resources
import Testing

@Suite struct SecretMaskingTests {
    @Test func `a value that is no base64 is told without the value`() {
        #expect(
            report("apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\ndata:\n  password: hunter2!\n") == """
                error[invalid-base64]: Secret db: data.password is not valid base64
                 --> shop.yaml:6:13
                  |
                6 |             ******
                  |             ^
                hint: encode it (base64 -w0), or put the plain text under stringData
                """
        )
    }

    @Test func `a number is told without the number`() {
        #expect(
            report("apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  pin: 1234\n") == """
                error[wrong-type]: Secret db: stringData.pin must be a string, not an integer
                 --> shop.yaml:6:8
                  |
                6 |        ******
                  |        ^
                hint: put it in quotes
                """
        )
    }

    @Test(arguments: [
        // The wrong name stands on the line of the value.
        "{apiVersion: v1, kind: Secret, metadata: {name: Db}, stringData: {password: hunter2}}",
        "{apiVersion: v1, stringData: {password: hunter2}, kind: Secret, metadata: {name: Db}}",
        #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"Db"},"data":{"password":"hunter2"}}"#,
        // Another object's problem stands there.
        """
        {apiVersion: v1, kind: List, items: [{apiVersion: v1, kind: Secret, metadata: {name: db}, stringData: {a: hunter2}},
        {apiVersion: v1, kind: ConfigMap, metadata: {name: Db}}, {apiVersion: v1, kind: Secret, stringData: {a: hunter2}}]}
        """,
        // The value goes on in the next line.
        "{apiVersion: v1, kind: Secret, stringData: {password: first\n  hunter2}, metadata: {name: Db}}",
        // The text cannot be read at all.
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: hunter2\n  password: hunter2\n",
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: db\nstringData:\n  password: 'hunter2\n",
        "apiVersion: v1\nkind: Secret\nstringData:\n  password: hunter2: x\n",
        #"{"apiVersion":"v1","kind":"Secret","stringData":{"password":"hunter2"}"#,
        // The value is no object.
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: hunter2\n",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\ndata: [hunter2]\n",
    ])
    func `a secret value is in no message`(text: String) {
        let message = report(text)
        #expect(!message.isEmpty)
        #expect(!message.contains("hunter2"), "\(message)")
    }

    @Test func `lines of a Secret without values are shown`() {
        #expect(
            report("apiVersion: v1\nkind: Secret\nmetadata:\n  name: Db\nstringData:\n  password: hunter2\ntype: 3\n")
                .contains("4 |   name: Db\n")
        )
        #expect(
            report("apiVersion: v1\nkind: Secret\nstringData:\n  a: b\nmetadata:\n  name: Db\n").contains(
                "6 |   name: Db\n"))
    }

    @Test func `values and the last applied configuration are masked in rendered manifests`() throws {
        let object = KubernetesObject([
            "apiVersion": "v1", "kind": "Secret", "metadata": ["name": "db"], "data": ["password": "aHVudGVyMg=="],
        ])
        #expect(!ManifestRendering.text(of: [object]).contains("aHVudGVyMg"))
        #expect(ManifestRendering.text(of: [object], revealsSecrets: true).contains("aHVudGVyMg"))
    }
}
