import Testing

@testable import Reconciler

struct PollRequestTests {
    private static let many = PollRequest.applications(Set((1...100).map { "a\($0)" }))

    @Test(
        arguments: [
            (nil, .all), ("shop", .applications(["shop"])), ("shop.eu-1", .applications(["shop.eu-1"])),
            ("", nil), ("*", nil), ("a,b", nil), ("Shop", nil), ("a\nb", nil),
        ] as [(String?, PollRequest?)])
    func `only what can be an application's name is asked for`(name: String?, request: PollRequest?) {
        #expect(PollRequest(of: name) == request)
    }

    @Test(
        arguments: [
            ("*", .all), ("shop", .applications(["shop"])), ("a,b", .applications(["a", "b"])),
            ("a,,B,*,b c", .applications(["a"])), ("", nil), (",", nil), ("\u{0}", nil),
        ] as [(String, PollRequest?)])
    func `an annotation is read, whoever wrote it`(text: String, request: PollRequest?) {
        #expect(PollRequest(text) == request)
        if let request { #expect(PollRequest(request.text) == request) }
    }

    @Test(
        arguments: [
            (.applications(["a"]), nil, .applications(["a"])), (.all, .applications(["a"]), .all),
            (.applications(["a"]), .all, .all),
            (.applications(["a"]), .applications(["b"]), .applications(["a", "b"])),
            (many, .applications(["a1"]), many), (many, .applications(["b"]), .all),
        ] as [(PollRequest, PollRequest?, PollRequest)])
    func `requests are joined`(one: PollRequest, other: PollRequest?, both: PollRequest) {
        #expect(one.joined(with: other) == both)
    }
}
