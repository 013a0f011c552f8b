using System.Text;

namespace Executor.Host.Output;

/// <summary>Standard error as everybody in this process gets it, the engine's log included: no text steers the terminal.</summary>
internal sealed class SafeWriter(TextWriter terminal) : TextWriter
{
    /// <summary>The terminal itself, for what is meant to steer it.</summary>
    public static TextWriter Terminal { get; private set; } = Console.Error;

    public override Encoding Encoding => terminal.Encoding;

    public static void Install()
    {
        Terminal = Console.Error;
        Console.SetError(Synchronized(new SafeWriter(Terminal)));
    }

    public override void Write(char value) => terminal.Write(SafeText.Lines(value.ToString()));

    public override void Write(string? value) => terminal.Write(SafeText.Lines(value ?? ""));

    public override void WriteLine(string? value) => terminal.WriteLine(SafeText.Lines(value ?? ""));

    public override void Flush() => terminal.Flush();
}
