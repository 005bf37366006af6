using Keras2Dml.Dml.Operators;

namespace Keras2Dml.Dml.Plan;

/// <summary>Native forms of the library's recurrent layers: with tanh and sigmoid and without dropout.</summary>
internal static class RecurrentIntrinsics
{
    // X, W, U, b, h0, mask, T, D, activation, return_sequences, go_backwards, masked, zero_output_for_mask,
    // dropout, dropout_scale, recurrent_dropout, recurrent_scale, masks, seed, counter, training
    // -> out, h, inputs_mask, recurrent_mask, preactivations, hidden_steps
    public static IReadOnlyList<Node>? SimpleRnn(IntrinsicCall c)
    {
        if (!IsText(c[8], "tanh") || !IsZero(c[17]))
        {
            return null;
        }

        Sizes s = SizesOf(c[0], c[2], c[6], c[9]);
        Node[] r = Results(c, "simple_rnn", [s.Output, s.State, s.Steps, s.Steps], [.. c.Arguments.Take(8), .. c.Arguments.Skip(9).Take(4)]);
        return [r[0], r[1], NoDropout(c), NoDropout(c), r[2], r[3]];
    }

    // dout, dh, X, W, U, h0, mask, inputs_mask, recurrent_mask, preactivations, hidden_steps, T, D, activation,
    // return_sequences, go_backwards, masked, zero_output_for_mask, masks -> dX, dW, dU, db, dh0
    public static IReadOnlyList<Node>? SimpleRnnBackward(IntrinsicCall c)
    {
        if (!IsText(c[13], "tanh") || !IsZero(c[18]))
        {
            return null;
        }

        Sizes s = SizesOf(c[2], c[4], c[11], c[14]);
        return Results(c, "simple_rnn_backward", [c[2].Facts.Size, c[3].Facts.Size, c[4].Facts.Size, s.Bias, s.State],
            [.. c.Arguments.Take(7), .. c.Arguments.Skip(9).Take(4), .. c.Arguments.Skip(14).Take(4)]);
    }

    // As SimpleRnn, with c0 after h0, recurrent_activation after activation, and the carry after the hidden state
    public static IReadOnlyList<Node>? Lstm(IntrinsicCall c)
    {
        if (!IsText(c[9], "tanh") || !IsText(c[10], "sigmoid") || !IsZero(c[19]))
        {
            return null;
        }

        Sizes s = SizesOf(c[0], c[2], c[7], c[11]);
        Size gates = s.Steps.Columns < 0 ? s.Steps : s.Steps with { Columns = 4 * s.Steps.Columns };
        Node[] r = Results(c, "lstm_layer", [s.Output, s.State, s.State, gates, s.Steps, s.Steps], [.. c.Arguments.Take(9), .. c.Arguments.Skip(11).Take(4)]);
        return [r[0], r[1], r[2], NoDropout(c), NoDropout(c), r[3], r[4], r[5]];
    }

    // dout, dh, dc, X, W, U, h0, c0, mask, inputs_mask, recurrent_mask, preactivations, hidden_steps, carry_steps, T, D, activation,
    // recurrent_activation, return_sequences, go_backwards, masked, zero_output_for_mask, masks -> dX, dW, dU, db, dh0, dc0
    public static IReadOnlyList<Node>? LstmBackward(IntrinsicCall c)
    {
        if (!IsText(c[16], "tanh") || !IsText(c[17], "sigmoid") || !IsZero(c[22]))
        {
            return null;
        }

        Sizes s = SizesOf(c[3], c[5], c[14], c[18]);
        return Results(c, "lstm_layer_backward", [c[3].Facts.Size, c[4].Facts.Size, c[5].Facts.Size, new Size(1, c[5].Facts.Size.Columns), s.State, s.State],
            [.. c.Arguments.Take(9), .. c.Arguments.Skip(11).Take(5), .. c.Arguments.Skip(18).Take(4)]);
    }

    private readonly record struct Sizes(Size Output, Size State, Size Steps, Size Bias);

    private static Sizes SizesOf(Node sequence, Node recurrentKernel, Node steps, Node sequences)
    {
        int rows = sequence.Facts.Size.Rows, units = recurrentKernel.Facts.Size.Rows;
        int columns = steps.IsConstant && units >= 0 ? checked((int)steps.Constant.AsInteger() * units) : -1;
        var state = new Size(rows, units);
        var all = new Size(rows, columns);
        return new(sequences.IsConstant ? (sequences.Constant.AsBoolean() ? all : state) : Size.Unknown, state, all, new Size(1, recurrentKernel.Facts.Size.Columns));
    }

    private static Node[] Results(IntrinsicCall c, string name, Size[] sizes, Node[] inputs)
    {
        Node operation = c.Graph.Operation(name, inputs, ValueFacts.Matrix(sizes[0]), c.Span, sizes.Length);
        return [.. sizes.Select((s, i) => c.Graph.Result(operation, i, ValueFacts.Matrix(s)))];
    }

    // The mask that stands for no dropout: 1 x 1.
    private static Node NoDropout(IntrinsicCall c) => c.Matrix("fill", c.Integer(1), c.Integer(1), c.Integer(1));

    private static bool IsText(Node node, string text) => node.IsConstant && node.Constant.IsString && node.Constant.AsString() == text;

    private static bool IsZero(Node node) => node.IsConstant && !node.Constant.IsString && node.Constant.AsDouble() == 0;
}
