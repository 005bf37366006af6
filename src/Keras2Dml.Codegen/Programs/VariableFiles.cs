using Keras2Dml.Codegen.Writing;
using Keras2Dml.Network.Lowering;
using static System.FormattableString;

namespace Keras2Dml.Codegen.Programs;

/// <summary>Reads and writes the variables of a model: one file each, in the layout of the script.</summary>
internal static class VariableFiles
{
    public static void Read(ScriptWriter writer, IEnumerable<LoweredParameter> parameters, List<ScriptBinding> reads)
    {
        foreach (LoweredParameter p in parameters)
        {
            writer.Line($"{p.Name} = read(model + \"/{p.Name}.csv\", format=\"csv\")", Invariant($"{p.Parameter.Spec.Storage.Rows} x {p.Parameter.Spec.Storage.Columns}"));
            reads.Add(new ScriptBinding(BindingRole.Parameter, p.Name, IsArgument: false, 0, p.Parameter));
        }
    }

    public static void Write(ScriptWriter writer, IEnumerable<LoweredParameter> parameters, List<ScriptBinding> writes)
    {
        foreach (LoweredParameter p in parameters)
        {
            writer.Line($"write({p.Name}, out + \"/{p.Name}.csv\", format=\"csv\")");
            writes.Add(new ScriptBinding(BindingRole.Parameter, p.Name, IsArgument: false, 0, p.Parameter));
        }
    }
}
