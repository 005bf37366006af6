using Keras2Dml.Benchmarks;

// steps [threads]     training steps through the generated script and the engine, beside TorchSharp (--explain prints script and plan)
// fashion [threads] [seeds]   LeNet on Fashion-MNIST, 5 epochs, test accuracy
// kernels [threads]   training steps as bare kernel calls, beside TorchSharp
// (--processor-time: the processor's time instead of the clock, for one thread on a busy machine)
// multiply [threads]  matrix multiply and convolution shapes, GF/s
Timing.ProcessorTime = args.Contains("--processor-time");
switch (args.FirstOrDefault())
{
    case "kernels":
        KernelSteps.Run(Threads(args));
        break;
    case "steps":
        EngineSteps.Run(Threads(args), args.Contains("--explain"));
        break;
    case "fashion":
        FashionMnist.Run(Number(args, 1, Environment.ProcessorCount), Number(args, 2, 1));
        break;
    case "multiply":
        MultiplyBench.Run(Threads(args));
        break;
    default:
        Console.Error.WriteLine("usage: Keras2Dml.Benchmarks steps|fashion|kernels|multiply [threads]");
        return 2;
}

return 0;

static int Threads(string[] args) => Number(args, 1, Environment.ProcessorCount);

static int Number(string[] args, int place, int otherwise) =>
    args.Where(a => !a.StartsWith("--", StringComparison.Ordinal)).ElementAtOrDefault(place) is { } text ? int.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : otherwise;
