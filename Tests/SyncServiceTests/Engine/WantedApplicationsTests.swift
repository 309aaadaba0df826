import Manifests
import Resources
import Testing

@testable import SyncService

struct WantedApplicationsTests {
    private func application(_ name: String, in parent: String? = nil, line: Int = 1) -> SyncApplication {
        SyncApplication(
            name: name, settings: SyncApplication.test(name).settings,
            location: SourceLocation(file: "all.yaml", line: line, column: 1), parent: parent)
    }

    @Test func `what applications declare is wanted, too`() {
        let wanted = WantedApplications(
            roots: [application("all")],
            nested: ["all": [application("shop", in: "all")], "gone": [application("lost", in: "gone")]])
        #expect(wanted.byName.keys.sorted() == ["all", "shop"])
        #expect(wanted.problems.isEmpty)
    }

    @Test func `of two with one name the first is wanted, and the second is told`() {
        let wanted = WantedApplications(
            roots: [application("all"), application("shop", line: 2)],
            nested: ["all": [application("shop", in: "all", line: 3)]])
        #expect(wanted.byName["shop"]?.parent == nil)
        #expect(wanted.problems.map(\.code) == ["duplicate-application"])
        #expect(wanted.problems.first?.location?.line == 3)
        #expect(wanted.problems.first?.causes == ["the first is at all.yaml:2:1"])
    }

    @Test func `what is nested too deep is told and not wanted`() {
        let names = (0...8).map { "level-\($0)" }
        let nested = zip(names, names.dropFirst()).map { ($0, [application($1, in: $0)]) }
        let wanted = WantedApplications(
            roots: [application(names[0])], nested: Dictionary(uniqueKeysWithValues: nested))
        #expect(wanted.byName.keys.sorted() == names.dropLast())
        #expect(wanted.problems.map(\.code) == ["nested-too-deep"])
        #expect(wanted.problems.first?.message.hasPrefix("application level-8 is not kept:") == true)
    }

    @Test func `applications that declare each other are wanted once`() {
        let wanted = WantedApplications(
            roots: [application("a")], nested: ["a": [application("b", in: "a")], "b": [application("a", in: "b")]])
        #expect(wanted.byName.keys.sorted() == ["a", "b"])
        #expect(wanted.problems.map(\.code) == ["duplicate-application"])
    }
}
