internal import Resources

/// Names that tell templates apart, in the letters and digits that Kubernetes uses for that
/// (`SafeEncodeString` in k8s.io/apimachinery/pkg/util/rand).
enum TemplateHash {
    /// - Parameter collisions: How often the name was another template's already.
    static func text(of template: Value, collisions: Int = 0) -> String {
        var hash: UInt32 = 2_166_136_261
        for byte in template.jsonBytes + (collisions > 0 ? Array(String(collisions).utf8) : []) {
            hash = (hash ^ UInt32(byte)) &* 16_777_619
        }
        let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
        return String(decoding: String(hash).utf8.map { alphabet[Int($0) % alphabet.count] }, as: UTF8.self)
    }
}
