using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Operators;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Rewrites;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Runtime.Backends;
using Keras2Dml.Runtime.Values;

namespace Keras2Dml.Runtime.Execution;

/// <summary>Makes the plan of a part of a block for the variables as they are: DAG, rewrites, instructions.</summary>
internal sealed class PlanMaker(
    ProgramContext program, IBackend backend, Scope scope, BasicBlock block, int statement, Value[] variables, PlanCache cache, Func<string, bool> isAssignedInLoop, RewriteLog? log)
{
    // A scalar that had as many values is read at run time from then on; a size likewise.
    private const int MostScalarValues = 3;
    private const int MostSizes = 12;

    public ExecutablePlan Make()
    {
        CountChanges();
        Segment segment = SegmentBuilder.Build(program, scope.Unit, block, statement, Facts);
        segment = Rewrites.Apply(segment, program.DisabledRewrites, IsSingle, log);
        IReadOnlySet<Node> singles = program.IsSingle ? Precisions.Of(segment, IsSingle).Singles : new HashSet<Node>();
        ExecutablePlan plan = PlanCompiler.Compile(segment, scope, backend, variables, singles);
        if (program.VerifyPlans)
        {
            PlanVerifier.Check(plan);
        }

        return plan;
    }

    // Which variables kept the newest plan from being used again.
    private void CountChanges()
    {
        if (cache.Newest(statement) is not { } newest)
        {
            return;
        }

        foreach (PlanLoad load in newest.Loads)
        {
            if (!load.Fits(variables[load.Variable]))
            {
                cache.CountChange(statement, load.Variable);
            }
        }

        foreach (PlanConstant constant in newest.Assumptions)
        {
            if (!constant.Fits(variables[constant.Variable]))
            {
                cache.CountChange(statement, constant.Variable);
            }
        }
    }

    private VariableFacts? Facts(string name)
    {
        if (!scope.Slots.TryGetValue(name, out int slot) || variables[slot].Tag == ValueTag.None)
        {
            return null;
        }

        Value value = variables[slot];
        switch (value.Tag)
        {
            case ValueTag.Matrix:
                Matrix m = value.AsMatrix();
                return new VariableFacts(ValueFacts.Matrix(cache.Changes(statement, slot) < MostSizes ? new Size(m.Rows, m.Columns) : Size.Unknown), null);
            case ValueTag.List:
                return new VariableFacts(ValueFacts.Unknown with { Data = DataKind.List }, null);
            case ValueTag.Frame:
                return new VariableFacts(ValueFacts.Unknown with { Data = DataKind.Frame }, null);
            default:
                Scalar scalar = value.ToScalar();
                bool isSteady = !isAssignedInLoop(name) && cache.Changes(statement, slot) < MostScalarValues;
                return new VariableFacts(ValueFacts.Scalar(scalar.Kind), isSteady ? scalar : null);
        }
    }

    private bool IsSingle(string name) => variables[scope.Slots[name]] is { Tag: ValueTag.Matrix } value && value.AsMatrix().Type == MatrixType.Single;
}
