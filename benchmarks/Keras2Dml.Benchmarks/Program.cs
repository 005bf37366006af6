using Keras2Dml.Benchmarks;

// kernels [threads]   training steps as bare kernel calls, beside TorchSharp
// multiply [threads]  matrix multiply and convolution shapes, GF/s
switch (args.FirstOrDefault())
{
    case "kernels":
        KernelSteps.Run(Threads(args));
        break;
    case "multiply":
        MultiplyBench.Run(Threads(args));
        break;
    default:
        Console.Error.WriteLine("usage: Keras2Dml.Benchmarks kernels|multiply [threads]");
        return 2;
}

return 0;

static int Threads(string[] args) => args.Length > 1 ? int.Parse(args[1], System.Globalization.CultureInfo.InvariantCulture) : Environment.ProcessorCount;
