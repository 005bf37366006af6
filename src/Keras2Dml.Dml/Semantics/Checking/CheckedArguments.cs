using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics.Checking;

/// <summary>The arguments of a call of a built-in function, matched with its parameters.</summary>
internal sealed class CheckedArguments
{
    private readonly int[] parameterOf;

    public CheckedArguments(CallExpression call, BuiltinSignature signature, StaticValue[] values)
    {
        Call = call;
        Signature = signature;
        Values = values;
        parameterOf = new int[values.Length];
        for (int i = 0; i < values.Length; i++)
        {
            string? name = call.Arguments[i].Name;
            parameterOf[i] = name is null || signature.Style == ArgumentStyle.Positional ? Math.Min(i, signature.Parameters.Count - 1) : PositionOf(name);
        }
    }

    public CallExpression Call { get; }

    public BuiltinSignature Signature { get; }

    /// <summary>What is known of each argument, in the order of the call.</summary>
    public StaticValue[] Values { get; }

    /// <summary>Arguments with a name that is not declared.</summary>
    public IEnumerable<NamedArgument> Undeclared => Signature.Style is ArgumentStyle.Open or ArgumentStyle.Positional || Signature.Repeats || Signature.Name == "cdf"
        ? []
        : Call.Arguments.Where((_, i) => parameterOf[i] < 0);

    /// <summary>The first parameter that must be given and is not; null when there is none.</summary>
    public BuiltinParameter? Missing => Signature.Parameters.Where((p, i) => !p.IsOptional && !parameterOf.Contains(i) && !Signature.Repeats).FirstOrDefault();

    /// <summary>The first argument of a wrong kind; null when there is none.</summary>
    public (int Index, BuiltinParameter Parameter, StaticValue Value)? Wrong
    {
        get
        {
            for (int i = 0; i < Values.Length; i++)
            {
                if (parameterOf[i] < 0)
                {
                    continue;
                }

                BuiltinParameter parameter = Signature.At(parameterOf[i]);
                bool isBracketList = Call.Arguments[i].Value is BracketList;
                if (isBracketList ? !parameter.Kinds.Contains('b') : !parameter.Takes(Values[i]))
                {
                    return (i, parameter, Values[i]);
                }
            }

            return null;
        }
    }

    /// <summary>The argument for a parameter; null when it is left out.</summary>
    public StaticValue? Find(string name)
    {
        int index = IndexOf(name);
        return index < 0 ? null : Values[index];
    }

    /// <summary>The argument as written; null when it is left out.</summary>
    public Expression? Written(string name)
    {
        int index = IndexOf(name);
        return index < 0 ? null : Call.Arguments[index].Value;
    }

    private int IndexOf(string name) => Array.IndexOf(parameterOf, PositionOf(name));

    private int PositionOf(string name)
    {
        for (int i = 0; i < Signature.Parameters.Count; i++)
        {
            if (Signature.Parameters[i].Name == name)
            {
                return i;
            }
        }

        return -1;
    }
}
