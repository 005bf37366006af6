using Keras2Dml.Codegen;
using Keras2Dml.Codegen.Programs;
using Keras2Dml.Execution;
using Keras2Dml.Network.Graph;

namespace Keras2Dml.Verification;

/// <summary>One run of a model's gradient program.</summary>
internal sealed class GradientRun
{
    private readonly IReadOnlyDictionary<ScriptBinding, Tensor> results;

    /// <summary>Generates, compiles and runs the program.</summary>
    /// <param name="model">The model with its variables.</param>
    /// <param name="inputs">Inputs in the model's order.</param>
    /// <param name="upstreams">Gradients fed into the outputs, by output; empty for outputs only.</param>
    /// <param name="training">Training behaviour.</param>
    /// <param name="of">What is differentiated.</param>
    /// <param name="compute">Precision and the like.</param>
    public GradientRun(NetworkModel model, IReadOnlyList<Tensor> inputs, IReadOnlyDictionary<int, Tensor> upstreams, bool training, GradientOf of, ComputeOptions compute)
    {
        var shapes = new Dictionary<string, Shape>(StringComparer.Ordinal);
        for (int i = 0; i < inputs.Count; i++)
        {
            shapes[model.Inputs[i].Name] = new Shape([.. inputs[i].Shape.Skip(1)]);
        }

        GeneratedScript script = ScriptGenerator.Gradient(model, new GradientOptions
        {
            Training = training, Of = of, WithGradients = of == GradientOf.Penalties || upstreams.Count > 0, InputShapes = shapes,
        });
        using var run = new ModelScript(script, "gradient.dml", compute);
        results = run.Run(binding => binding.Role switch
        {
            BindingRole.Input => inputs[binding.Index],
            BindingRole.Upstream => upstreams[binding.Index],
            _ => binding.Parameter!.Value!,
        });
    }

    public Tensor? Output(int index) => Find(BindingRole.Output, index);

    public Tensor? Mask(int index) => Find(BindingRole.Mask, index);

    public Tensor? InputGradient(int index) => Find(BindingRole.InputGradient, index);

    public Tensor? Loss => Find(BindingRole.Loss, 0);

    /// <summary>Gradient of a variable by Keras's path.</summary>
    public Tensor? ParameterGradient(string path) => Find(BindingRole.ParameterGradient, path);

    /// <summary>New value of a non-trainable variable by Keras's path.</summary>
    public Tensor? StateUpdate(string path) => Find(BindingRole.StateUpdate, path);

    /// <summary>All state updates.</summary>
    public IEnumerable<(ModelParameter Parameter, Tensor Value)> StateUpdates =>
        results.Where(r => r.Key.Role == BindingRole.StateUpdate).Select(r => (r.Key.Parameter!, r.Value));

    private Tensor? Find(BindingRole role, int index) => results.FirstOrDefault(r => r.Key.Role == role && r.Key.Index == index).Value;

    private Tensor? Find(BindingRole role, string path) => results.FirstOrDefault(r => r.Key.Role == role && r.Key.Parameter!.Path == path).Value;
}
