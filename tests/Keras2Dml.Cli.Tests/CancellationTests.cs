using System.Diagnostics;
using System.Runtime.InteropServices;
using Keras2Dml.Cli.Output;
using static Keras2Dml.Cli.Tests.CommandRunner;

namespace Keras2Dml.Cli.Tests;

[Collection(CommandRunner.Console)]
public sealed class CancellationTests
{
    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public void A_signal_stops_the_training_after_the_batch_and_the_weights_are_kept(string signal)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Signals are sent with kill.");
        using var folder = new TemporaryFolder();
        var start = new ProcessStartInfo("dotnet",
        [
            typeof(Program).Assembly.Location, "train", Sample("digits_cnn.keras"), "--data", Sample("digits.csv"), "--labels", "digit", "--validation-split", "0.2",
            "--epochs", "1000000", "--verbose", "2", "--threads", "1", "-o", folder["last.keras"], "--history", folder["h.csv"], "--callbacks", $"model_checkpoint:path={folder["best.keras"]},save_best_only=true",
        ])
        { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true, WorkingDirectory = folder.Root };
        using Process process = Process.Start(start)!;
        try
        {
            string? line;
            do
            {
                line = process.StandardError.ReadLine();
            }
            while (line is not null && !line.StartsWith("Epoch 2/", StringComparison.Ordinal));
            Assert.NotNull(line);
            using (Process kill = Process.Start(new ProcessStartInfo("kill", ["-" + signal, process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]) { UseShellExecute = false })!)
            {
                kill.WaitForExit();
            }

            string rest = process.StandardError.ReadToEnd();
            Assert.True(process.WaitForExit(TimeSpan.FromSeconds(60)));
            Assert.Equal(1, process.ExitCode);
            Assert.Contains("Stopping after this batch.", rest, StringComparison.Ordinal);
            Assert.Contains("K2D7017: Stopped on request in epoch ", rest, StringComparison.Ordinal);
        }
        finally
        {
            if (!process.HasExited)
            {
                process.Kill();
            }
        }

        Assert.NotEmpty(KerasModel.Load(folder["last.keras"]).Weights);
        Assert.NotEmpty(KerasModel.Load(folder["best.keras"]).Weights);
        Assert.True(File.ReadAllLines(folder["h.csv"]).Length >= 3);
        Assert.Equal(3, Directory.GetFiles(folder.Root).Length);
    }

    [Fact]
    public void The_second_signal_is_left_to_the_system_and_an_echo_of_the_first_is_not()
    {
        int requests = 0;
        var clock = new Clock();
        using var cancellation = new ConsoleCancellation(() => requests++, clock);
        Assert.True(Send(0));
        Assert.True(cancellation.Token.IsCancellationRequested);
        Assert.True(Send(20));
        Assert.False(Send(300));
        Assert.Equal(1, requests);

        bool Send(int milliseconds)
        {
            clock.Milliseconds += milliseconds;
            var context = new PosixSignalContext(PosixSignal.SIGINT);
            cancellation.OnSignal(context);
            return context.Cancel;
        }
    }

    private sealed class Clock : TimeProvider
    {
        public long Milliseconds { get; set; }

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => Milliseconds;
    }
}
