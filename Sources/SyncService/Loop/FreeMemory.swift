internal import CMalloc

/// The memory that plans have taken and nobody needs any more.
enum FreeMemory {
    /// Gives it back to the system, which the allocator does by itself at the end of the heap alone (malloc_trim(3)).
    static func giveBack() {
        _ = malloc_trim(0)
    }
}
