using Keras2Dml.Core.Errors;
using Keras2Dml.Runtime.Text;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Builtins;

/// <summary>print, toString, stop, assert.</summary>
internal static class Printing
{
    public static void AddTo(Dictionary<string, RuntimeBuiltin> table)
    {
        table["print"] = Print;
        table["stop"] = static (ref BuiltinContext c) =>
        {
            string text = c.Text(0);
            throw RuntimeErrors.Stop.With(text.Length == 0 ? "Stop Called" : text);
        };
        table["assert"] = static (ref BuiltinContext c) =>
        {
            if (!c.Inputs[0].AsBoolean())
            {
                throw RuntimeErrors.Assertion.With();
            }
        };
        table["toString"] = static (ref BuiltinContext c) => c.Return(Value.Of(ValueText.Of(
            c.Inputs[0], new TextOptions(c.Integer(1), c.Integer(2), c.Integer(3), c.Inputs[4].AsBoolean(), c.Text(5), c.Text(6)))));
        table["string.bind"] = static (ref BuiltinContext c) =>
        {
            var parts = new string[c.Inputs.Length];
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] = c.Text(i);
            }

            c.Return(Value.Of(string.Join('\n', parts)));
        };
    }

    private static void Print(ref BuiltinContext c)
    {
        string text;
        if (c.Inputs.Length == 1)
        {
            text = ValueText.Of(c.Inputs[0], TextOptions.Default);
        }
        else
        {
            text = JavaFormat.Format(c.Text(0), c.Inputs[1..]);
        }

        c.Context.Output.Write(text);
        c.Context.Output.Write('\n');
    }
}
