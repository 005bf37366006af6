namespace Keras2Dml.Keras.Drawing;

/// <summary>A model as a picture shows it: one box per call of a layer, so that the boxes form no cycle.</summary>
/// <param name="Nodes">The boxes in the order of the file, each after its sources.</param>
/// <param name="Edges">Which tensors go where.</param>
/// <param name="Inputs">Indexes of the boxes that take the model's inputs, in order.</param>
/// <param name="Outputs">The tensors that the model gives, in order.</param>
internal sealed record DrawnModel(IReadOnlyList<DrawnNode> Nodes, IReadOnlyList<DrawnEdge> Edges, IReadOnlyList<int> Inputs, IReadOnlyList<DrawnTensor> Outputs)
{
    /// <summary>All boxes, those of nested models included.</summary>
    public IEnumerable<DrawnNode> Everything() => Nodes.SelectMany(n => n.Inner is null ? [n] : n.Inner.Everything().Prepend(n));
}

/// <summary>One call of a layer.</summary>
/// <param name="Id">Number of the box in the whole picture, from 0.</param>
/// <param name="Name">Name of the layer, as the file has it.</param>
/// <param name="ClassName">Keras class.</param>
/// <param name="Shape">Shapes of the outputs.</param>
/// <param name="Parameters">Number of numbers in the layer's variables.</param>
/// <param name="Call">Index of the call.</param>
/// <param name="Calls">How often the layer is called in its model.</param>
internal sealed record DrawnNode(int Id, string Name, string ClassName, string Shape, long Parameters, int Call, int Calls)
{
    public required DrawnKind Kind { get; init; }

    /// <summary>True when an output of the model that holds the box comes from it.</summary>
    public required bool GivesOutput { get; init; }

    /// <summary>The nested model at its first call; later calls are plain boxes, as their content is the same.</summary>
    public DrawnModel? Inner { get; init; }

    /// <summary>The lines of the box: name, class, shape, and what else there is to tell.</summary>
    public IReadOnlyList<string> Lines(int mostCharacters)
    {
        List<string> lines = [DrawnText.Line(Name, mostCharacters), DrawnText.Line(ClassName, mostCharacters), DrawnText.Line(Shape, mostCharacters)];
        if (Parameters > 0)
        {
            lines.Add(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{Parameters:#,0} parameters"));
        }

        if (Calls > 1)
        {
            lines.Add($"shared: call {Call + 1} of {Calls}");
        }

        return lines;
    }
}

/// <summary>What a box stands for; pictures colour by it.</summary>
internal enum DrawnKind { Input, Layer, LayerWithVariables, Operation, Model }

/// <summary>One output of a box.</summary>
internal readonly record struct DrawnTensor(int Node, int Output);

/// <summary>A tensor that goes into a call.</summary>
/// <param name="From">Where it comes from.</param>
/// <param name="To">Index of the box that takes it.</param>
/// <param name="Position">Position among the tensors of the call.</param>
/// <param name="Keyword">The argument that it is for (<c>mask</c>, <c>initial_state</c>); null for a positional one.</param>
internal sealed record DrawnEdge(DrawnTensor From, int To, int Position, string? Keyword);
