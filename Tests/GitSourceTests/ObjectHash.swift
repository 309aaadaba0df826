import Crypto
import Foundation

/// SHA-1 as git writes it.
func objectHash(_ data: Data) -> String {
    Insecure.SHA1.hash(data: data).map { String(format: "%02x", $0) }.joined()
}
