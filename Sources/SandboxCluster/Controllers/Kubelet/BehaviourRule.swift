/// What becomes of the containers of some images on a sandbox's nodes, where their pods don't say it themselves.
package struct BehaviourRule: Hashable, Sendable {
    /// An image as pods name it; `*` stands for any letters.
    package let image: String
    let behaviour: SandboxBehaviour

    /// Nil where the text is no behaviour: `crash`, `slow=30s`, and the others that a pod's annotation may name.
    package init?(image: String, behaviour text: String) {
        guard let behaviour = SandboxBehaviour(text) else { return nil }
        self.image = image
        self.behaviour = behaviour
    }

    func matches(_ image: String) -> Bool { Glob.matches(self.image[...], image[...]) }
}

extension ControllerSettings {
    /// What becomes of an image's containers: what its own name asks for, else what the first rule says that matches;
    /// nil where nobody says anything.
    func behaviour(of image: String) -> SandboxBehaviour? {
        SandboxBehaviour(image: image) ?? behaviours.first { $0.matches(image) }?.behaviour
    }
}
