import Commands

@main
enum Endstate {
    static func main() async {
        await CommandLineTool.main()
    }
}
