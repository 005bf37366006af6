using System.Globalization;
using System.Text;
using Keras2Dml.Core.Data;
using Keras2Dml.Core.Memory;
using Keras2Dml.Dml.Plan;
using Keras2Dml.Dml.Rewrites;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;
using Keras2Dml.Runtime.Execution;
using Keras2Dml.Runtime.Text;

namespace Keras2Dml.Runtime;

/// <summary>A checked script that can run any number of times; its plans are shared by all runs.</summary>
internal sealed class CompiledProgram
{
    private readonly ProgramContext program;
    private readonly Scope main;

    internal CompiledProgram(LoadedScript script, CompileOptions options)
    {
        program = new ProgramContext { Script = script, TextOf = ValueText.Of, HostFunctions = options.HostFunctions, UseIntrinsics = options.UseIntrinsics, DisabledRewrites = options.DisabledRewrites, IsSingle = options.Precision == MatrixType.Single, VerifyPlans = options.VerifyPlans };
        main = BlockBuilder.ForMain(script.Main);
    }

    /// <summary>Runs the script. Thread-safe with a context of its own for each run.</summary>
    /// <exception cref="Keras2DmlException">A run-time error, with the script's file and line.</exception>
    /// <exception cref="OperationCanceledException">The context's token was cancelled.</exception>
    public void Execute(ExecutionContext context) => new Interpreter(program, context).Run(main);

    /// <summary>Time and calls per operator of a run with statistics.</summary>
    public string StatisticsText(ExecutionContext context) => context.Statistics.Text(context.Pool);

    /// <summary>Writes Chrome trace events of a run with tracing.</summary>
    public void WriteTrace(ExecutionContext context, string path) => AtomicFile.WriteText(path, context.Statistics.TraceJson());

    /// <summary>An intermediate form as text: the syntax tree, the operators of each part, or the instructions, then what the rewrites did. Parts that have run show the plans that were used.</summary>
    /// <param name="stage"><c>ast</c>, <c>operators</c> or <c>plan</c>.</param>
    public string Explain(string stage)
    {
        var text = new StringBuilder();
        if (stage == "ast")
        {
            foreach (SourceUnit unit in program.Script.Units)
            {
                text.Append(CultureInfo.InvariantCulture, $"# {unit.File.Path}\n{SyntaxText.Of(unit.File)}");
            }

            return text.ToString();
        }

        var rewrites = new RewriteLog();
        Describe(main, stage, text, rewrites);
        foreach (UserFunction function in program.Script.Units.SelectMany(u => u.Functions.Values).Where(f => f.IsCalledOnFrame))
        {
            text.Append(CultureInfo.InvariantCulture, $"\nfunction {function.Unit.File.Path}::{function.Name}\n");
            Describe(function.Scope, stage, text, rewrites);
        }

        return text.Append('\n').Append(rewrites).ToString();
    }

    private void Describe(Scope scope, string stage, StringBuilder text, RewriteLog rewrites)
    {
        StaticPlans plans = StaticPlans.Of(program, scope);
        rewrites.Add(plans.Rewrites());
        Describe(scope.Blocks, plans, stage, 0, text);
    }

    private static void Describe(IReadOnlyList<Block> blocks, StaticPlans plans, string stage, int depth, StringBuilder text)
    {
        string indent = new(' ', depth * 2);
        foreach (Block block in blocks)
        {
            switch (block)
            {
                case BasicBlock basic:
                    ProgramText.Describe(basic, plans[basic], stage, indent, text);
                    break;
                case IfBlock branch:
                    text.Append(indent).Append("if ").Append(branch.Condition).Append('\n');
                    Describe(branch.Then, plans, stage, depth + 1, text);
                    text.Append(indent).Append("else\n");
                    Describe(branch.Else, plans, stage, depth + 1, text);
                    break;
                case WhileBlock loop:
                    text.Append(indent).Append("while ").Append(loop.Condition).Append('\n');
                    Describe([loop.Test, .. loop.Body], plans, stage, depth + 1, text);
                    break;
                case ForBlock loop:
                    text.Append(indent).Append(loop.Statement.Parallel ? "parfor " : "for ").Append(loop.Statement.Variable).Append('\n');
                    Describe(loop.Body, plans, stage, depth + 1, text);
                    break;
            }
        }
    }
}
