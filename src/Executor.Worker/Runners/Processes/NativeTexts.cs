using System.Runtime.InteropServices;

namespace Executor.Worker.Runners.Processes;

/// <summary>Texts and structures outside the managed heap, freed together.</summary>
internal sealed class NativeTexts : IDisposable
{
    private readonly List<IntPtr> _blocks = [];

    public IntPtr Text(string text)
    {
        var block = Marshal.StringToCoTaskMemUTF8(text);
        _blocks.Add(block);
        return block;
    }

    /// <summary>As the C library wants lists: with an empty last element.</summary>
    public IntPtr[] List(IEnumerable<string> texts) => [.. texts.Select(Text), IntPtr.Zero];

    public IntPtr Structure()
    {
        var block = Marshal.AllocCoTaskMem(Libc.StructureSize);
        Marshal.Copy(new byte[Libc.StructureSize], 0, block, Libc.StructureSize);
        _blocks.Add(block);
        return block;
    }

    public void Dispose() => _blocks.ForEach(Marshal.FreeCoTaskMem);
}
