namespace Keras2Dml.Verification.Training;

/// <summary>The parts of the training corpus that check one function of the library each.</summary>
internal static class TrainingSuites
{
    public static IReadOnlyList<ICaseSuite> All { get; } =
    [
        new OptimizerCases(), new LossCases(), new MetricCases(), new ScheduleCases(), new ActivationCases(), new RegularizerCases(), new ConstraintCases(),
        new InitializerCases(), new RandomCases(), new SeedingCases(),
    ];
}
