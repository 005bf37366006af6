using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Caffe;
using Keras2Dml.Codegen.Training;
using Keras2Dml.Core.Errors;
using Keras2Dml.Data;
using Keras2Dml.Execution;
using Keras2Dml.Network.Training;

namespace Keras2Dml;

/// <content>Training and evaluation.</content>
public sealed partial class KerasModel
{
    /// <summary>Trains a model with one input and one output. Keras: <c>model.fit</c>.</summary>
    /// <param name="x">Input, shape (N, ...) as the model declares, or (N, product).</param>
    /// <param name="y">Target: (N, ...) like the output, or integer labels (N) or (N, 1) for the crossentropies of classes.</param>
    /// <param name="options">Epochs, batch size, validation and so on.</param>
    /// <returns>The metrics of each epoch.</returns>
    /// <exception cref="Keras2DmlException">The model is not compiled, the data do not fit, or the run fails.</exception>
    public History Fit(Tensor x, Tensor y, FitOptions? options = null) => Fit([x], [y], options);

    /// <summary>Trains a model. Keras: <c>model.fit</c>.</summary>
    /// <param name="inputs">One tensor per input, in the model's order.</param>
    /// <param name="targets">One tensor per output, in the model's order.</param>
    /// <param name="options">Epochs, batch size, validation and so on.</param>
    /// <param name="cancellation">Stops after the batch; the weights reached so far are kept.</param>
    /// <returns>The metrics of each epoch.</returns>
    /// <exception cref="Keras2DmlException">The model is not compiled, the data do not fit, or the run fails.</exception>
    public History Fit(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, FitOptions? options = null, CancellationToken cancellation = default)
    {
        var run = new FitRun(this, RequireTraining(), inputs, targets, options ?? new FitOptions(), cancellation);
        History history = run.Execute();
        Training = run.Trained;
        LastStatistics = run.Statistics;
        return history;
    }

    /// <summary>Trains on a thread of the pool. Keras: <c>model.fit</c>.</summary>
    /// <param name="inputs">One tensor per input, in the model's order.</param>
    /// <param name="targets">One tensor per output, in the model's order.</param>
    /// <param name="options">Epochs, batch size, validation and so on.</param>
    /// <param name="progress">Receives the state after each epoch.</param>
    /// <param name="cancellation">Stops after the batch; the weights reached so far are kept.</param>
    /// <returns>The metrics of each epoch.</returns>
    public Task<History> FitAsync(
        IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, FitOptions? options = null, IProgress<EpochReport>? progress = null, CancellationToken cancellation = default)
    {
        FitOptions given = options ?? new FitOptions();
        FitOptions reporting = progress is null ? given : given with { Callbacks = [.. given.Callbacks, new ProgressCallback(progress)] };
        return Task.Run(() => Fit(inputs, targets, reporting, cancellation), CancellationToken.None);
    }

    /// <summary>Loss and metrics of a model with one input and one output. Keras: <c>model.evaluate</c>.</summary>
    /// <param name="x">Input, shape (N, ...).</param>
    /// <param name="y">Target.</param>
    /// <param name="options">Batch size, sample weights, threads, precision.</param>
    /// <returns>Names and values in Keras's order: <c>loss</c> first.</returns>
    /// <exception cref="Keras2DmlException">The model is not compiled, or the data do not fit.</exception>
    public IReadOnlyList<KeyValuePair<string, double>> Evaluate(Tensor x, Tensor y, EvaluateOptions? options = null) => Evaluate([x], [y], options);

    /// <summary>Loss and metrics of a model. Keras: <c>model.evaluate</c>.</summary>
    /// <param name="inputs">One tensor per input, in the model's order.</param>
    /// <param name="targets">One tensor per output, in the model's order.</param>
    /// <param name="options">Batch size, sample weights, threads, precision.</param>
    /// <returns>Names and values in Keras's order: <c>loss</c> first.</returns>
    /// <exception cref="Keras2DmlException">The model is not compiled, or the data do not fit.</exception>
    public IReadOnlyList<KeyValuePair<string, double>> Evaluate(IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor> targets, EvaluateOptions? options = null) =>
        new EvaluateRun(this, RequireTraining(), inputs, targets, options ?? new EvaluateOptions()).Execute();

    /// <summary>The DML program that <see cref="Fit(Tensor, Tensor, FitOptions?)"/> executes. Original system: <c>get_training_script()</c>.</summary>
    /// <param name="options">Options that shape the program.</param>
    /// <returns>The program text.</returns>
    /// <exception cref="Keras2DmlException">The model is not compiled.</exception>
    public string GetTrainingScript(FitOptions? options = null) =>
        ScriptGenerator.Training(Network, RequireTraining(), FitRun.Settings(options ?? new FitOptions(), RequireTraining())).Text;

    /// <summary>The program of a fit with a token that can be cancelled: it asks its host after each batch whether to stop.</summary>
    internal string GetStoppableTrainingScript(FitOptions options) =>
        ScriptGenerator.Training(Network, RequireTraining(), FitRun.Settings(options, RequireTraining()) with { HostBatches = true }).Text;

    internal string GetSolver(FitOptions options) => SolverPrototxt.Generate(RequireTraining(), FitRun.Settings(options, RequireTraining()));
}
