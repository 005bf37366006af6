namespace Keras2Dml.Cli;

/// <summary>The command <c>keras2dml</c>.</summary>
internal static class Program
{
    private static int Main() => 0;
}
