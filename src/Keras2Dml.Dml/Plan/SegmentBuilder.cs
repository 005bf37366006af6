using Keras2Dml.Core.Errors;
using Keras2Dml.Dml.Semantics;
using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Plan;

/// <summary>What plans of a program have in common.</summary>
internal sealed record ProgramContext
{
    public required LoadedScript Script { get; init; }

    /// <summary>Text of a scalar, for concatenation of constants.</summary>
    public required Func<Scalar, string> TextOf { get; init; }

    /// <summary>Names of functions of <c>keras2dml/host.dml</c> that the caller binds.</summary>
    public IReadOnlySet<string> HostFunctions { get; init; } = new HashSet<string>();

    public bool UseIntrinsics { get; init; } = true;

    public IReadOnlySet<string> DisabledRewrites { get; init; } = new HashSet<string>();

    /// <summary>True when fills that meet nothing else are single precision.</summary>
    public bool IsSingle { get; init; }

    /// <summary>True checks every plan against the rules of a legal plan.</summary>
    public bool VerifyPlans { get; init; }
}

/// <summary>Builds the DAG of a segment of a basic block for the variables as they are when it is reached; user functions are inlined where their bodies are straight.</summary>
internal sealed partial class SegmentBuilder
{
    private const int DeepestInlining = 48;
    private const int MostIterations = 256;
    private const int MostNodes = 6000;
    private const int MostInlinedStatements = 20000;
    private readonly ProgramContext program;
    private readonly Graph graph;
    private readonly Func<string, VariableFacts?> factsOf;
    private readonly List<(string Variable, Node Node)> loads = [];
    private readonly List<(string Variable, Scalar Value)> constants = [];
    private readonly Dictionary<string, Node> environment = new(StringComparer.Ordinal);
    private readonly SourceUnit unit;
    private readonly int depth;

    private SegmentBuilder(ProgramContext program, SourceUnit unit, Graph graph, Func<string, VariableFacts?> factsOf, int depth)
    {
        this.program = program;
        this.unit = unit;
        this.graph = graph;
        this.factsOf = factsOf;
        this.depth = depth;
    }

    public Graph Graph => graph;

    /// <summary>Builds the segment that starts at a statement.</summary>
    /// <param name="program">The program.</param>
    /// <param name="unit">File of the block.</param>
    /// <param name="block">The block.</param>
    /// <param name="start">Number of the first statement.</param>
    /// <param name="factsOf">What is known of a variable's present value; null when it has none.</param>
    public static Segment Build(ProgramContext program, SourceUnit unit, BasicBlock block, int start, Func<string, VariableFacts?> factsOf)
    {
        var builder = new SegmentBuilder(program, unit, new Graph(program.TextOf), factsOf, 0);
        var assigned = new List<string>();
        FunctionCall? call = null;
        var callArguments = new List<(string, Node)>();
        int next = start;
        while (next < block.Statements.Count && call is null)
        {
            Statement statement = block.Statements[next++];
            call = builder.Statement(statement, callArguments);
            string[] targets = [.. Variables.Assigned(statement)];
            if (call is null)
            {
                assigned.AddRange(targets);
                if (next < block.Statements.Count && targets.Any(t => builder.environment[t].Facts is { IsMatrix: true, Size.IsKnown: false }))
                {
                    break;
                }
            }
        }

        IReadOnlySet<string> live = block.LiveAfter[next - 1];
        HashSet<string> neededByCall = call is null ? [] : [.. call.Targets.OfType<string>()];
        List<(string, Node)> stores = [.. assigned.Distinct().Where(v => live.Contains(v) && !neededByCall.Contains(v)).Select(v => (v, builder.environment[v])), .. callArguments];
        HashSet<string> stored = [.. stores.Select(s => s.Item1)];
        HashSet<string> dead = [.. builder.loads.Select(l => l.Variable).Concat(builder.constants.Select(c => c.Variable)).Where(v => stored.Contains(v) || !live.Contains(v) || neededByCall.Contains(v))];
        dead.UnionWith(assigned.Where(v => !live.Contains(v)));
        return new Segment { Graph = builder.graph, Loads = builder.loads, Constants = builder.constants, Stores = stores, Dead = dead, Next = next, Call = call };
    }

    private FunctionCall? Statement(Statement statement, List<(string, Node)> callArguments)
    {
        switch (statement)
        {
            case AssignmentStatement { Value: CallExpression call } assignment when unit.Resolve(call) is { } function && !assignment.Target.IsIndexed && !assignment.Accumulate:
                return Call(function, call, [assignment.Target], callArguments);
            case AssignmentStatement assignment:
                Assign(assignment.Target, assignment.Accumulate ? Accumulated(assignment) : Expression(assignment.Value));
                return null;
            case IfDefStatement ifdef:
                Assign(ifdef.Target, program.Script.Argument(ifdef.Argument.Name) is { } given ? graph.Constant(given) : Expression(ifdef.Default));
                return null;
            case MultiAssignmentStatement multi when unit.Resolve(multi.Call) is { } function:
                return Call(function, multi.Call, multi.Targets, callArguments);
            case MultiAssignmentStatement multi:
                IReadOnlyList<Node> results = Builtins.LowerMultiple(new BuiltinCall(this, multi.Call));
                if (multi.Targets.Count > results.Count)
                {
                    throw DmlErrors.ResultCount.At(Graph.Where(multi.Span), multi.Call.Name, results.Count, multi.Targets.Count);
                }

                for (int i = 0; i < multi.Targets.Count; i++)
                {
                    Assign(multi.Targets[i], results[i]);
                }

                return null;
            case CallStatement call when unit.Resolve(call.Call) is { } function:
                return Call(function, call.Call, [], callArguments);
            case CallStatement call:
                Builtins.LowerStatement(new BuiltinCall(this, call.Call));
                return null;
            default:
                throw new InvalidOperationException($"{statement.GetType().Name} is no straight statement.");
        }
    }

    private Node Accumulated(AssignmentStatement assignment)
    {
        Node old = assignment.Target.IsIndexed
            ? Index(Variable(assignment.Target.Name, assignment.Target.Span), assignment.Target.Rows!, assignment.Target.Columns, assignment.Target.Span)
            : Variable(assignment.Target.Name, assignment.Target.Span);
        return graph.Cellwise("+", assignment.Span, old, Expression(assignment.Value));
    }

    private void Assign(AssignmentTarget target, Node value)
    {
        if (target.Name is "Inf" or "NaN" or "pi")
        {
            throw DmlErrors.ConstantAssigned.At(Graph.Where(target.Span), target.Name);
        }

        environment[target.Name] = target.IsIndexed ? LeftIndex(target, value) : value;
    }

    // ---- calls of user functions ----
    private FunctionCall? Call(UserFunction function, CallExpression call, IReadOnlyList<AssignmentTarget> targets, List<(string, Node)> callArguments)
    {
        Node[] arguments = Arguments(function, call);
        if (Inline(function, arguments, call.Span) is { } results)
        {
            if (targets.Count > results.Count)
            {
                throw DmlErrors.ResultCount.At(Graph.Where(call.Span), call.Name, results.Count, targets.Count);
            }

            for (int i = 0; i < targets.Count; i++)
            {
                Assign(targets[i], results[i]);
            }

            return null;
        }

        var names = new List<string>();
        for (int i = 0; i < arguments.Length; i++)
        {
            names.Add(ArgumentVariable(i));
            callArguments.Add((names[i], arguments[i]));
        }

        function.IsCalledOnFrame = true;
        return new FunctionCall(function, names, [.. targets.Select(t => t.Name)], call.Span);
    }

    /// <summary>Variable that carries argument i of a call to its frame.</summary>
    public static string ArgumentVariable(int index) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $".arg{index}");

    private Node[] Arguments(UserFunction function, CallExpression call)
    {
        IReadOnlyList<Parameter> parameters = function.Declaration.Parameters;
        bool named = call.Arguments.Any(a => a.Name is not null);
        if (call.Arguments.Count > parameters.Count)
        {
            throw DmlErrors.ArgumentCount.At(Graph.Where(call.Span), call.Name, parameters.Count, call.Arguments.Count);
        }

        if (named && call.Arguments.FirstOrDefault(a => a.Name is not null && parameters.All(p => p.Name != a.Name)) is { } stray)
        {
            throw DmlErrors.UnknownArgument.At(Graph.Where(call.Span), call.Name, string.Join(", ", parameters.Select(p => p.Name)), stray.Name);
        }

        var arguments = new Node[parameters.Count];
        for (int i = 0; i < parameters.Count; i++)
        {
            Expression? value = call.Arguments.FirstOrDefault(a => a.Name == parameters[i].Name)?.Value
                ?? (i < call.Arguments.Count && call.Arguments[i].Name is null ? call.Arguments[i].Value : parameters[i].Default);
            bool isDefault = ReferenceEquals(value, parameters[i].Default);
            arguments[i] = value is null
                ? throw DmlErrors.MissingArgument.At(Graph.Where(call.Span), call.Name, parameters[i].Name)
                : isDefault ? Expression(value) : Cast(Expression(value), parameters[i].Type, parameters[i].Name, call.Span);
        }

        return arguments;
    }

    // Scalars are cast to the declared type at a call and at a return.
    private Node Cast(Node value, DeclaredType type, string name, SourceSpan span)
    {
        if (type.Data == DataKind.Scalar && value.Facts.IsScalar && type.Value != value.Facts.Value)
        {
            string? cast = type.Value switch { ValueKind.Integer => "as.integer", ValueKind.Double => "as.double", ValueKind.Boolean => "as.logical", _ => null };
            return cast is null || (type.Value == ValueKind.Double && value.Facts.Value == ValueKind.Unknown) ? value : Builtins.CastScalar(graph, cast, value, span);
        }

        bool mismatch = (type.Data == DataKind.Matrix && value.Facts.Data is DataKind.Scalar or DataKind.List && type.Data == DataKind.Matrix)
            || (type.Data == DataKind.Scalar && value.Facts.Data is DataKind.Matrix or DataKind.List or DataKind.Frame && type.Data == DataKind.Scalar);
        return mismatch ? throw DmlErrors.ParameterType.At(Graph.Where(span), name, type.Data.ToString().ToLowerInvariant(), Graph.Describe(value)) : value;
    }

    /// <summary>The results of a function inlined into this DAG; null when its body is not straight for these arguments.</summary>
    private IReadOnlyList<Node>? Inline(UserFunction function, Node[] arguments, SourceSpan span)
    {
        if (function.Unit.LibraryPath is { } path)
        {
            if (path == "keras2dml/host.dml" && program.HostFunctions.Contains(function.Name))
            {
                return Host(function, arguments, span);
            }

            if (program.UseIntrinsics && Intrinsics.Find(path, function.Name) is { } intrinsic && intrinsic(new IntrinsicCall(graph, arguments, span)) is { } native)
            {
                return native;
            }
        }

        if (depth >= DeepestInlining || function.Declaration.Body.Any(s => s is WhileStatement))
        {
            return null;
        }

        int effects = graph.Effects.Count;
        var inner = new SegmentBuilder(program, function.Unit, graph, _ => null, depth + 1);
        for (int i = 0; i < arguments.Length; i++)
        {
            inner.environment[function.Declaration.Parameters[i].Name] = arguments[i];
        }

        if (!inner.Straight(function.Declaration.Body))
        {
            graph.Effects.RemoveRange(effects, graph.Effects.Count - effects);
            return null;
        }

        var results = new List<Node>();
        foreach (Parameter result in function.Declaration.Results)
        {
            if (!inner.environment.TryGetValue(result.Name, out Node? value))
            {
                throw DmlErrors.ResultNotAssigned.At(Graph.Where(function.Declaration.Span), function.Name, result.Name);
            }

            results.Add(inner.Cast(value, result.Type, result.Name, function.Declaration.Span));
        }

        return results;
    }

    private List<Node> Host(UserFunction function, Node[] arguments, SourceSpan span)
    {
        IReadOnlyList<Parameter> results = function.Declaration.Results;
        Node operation = graph.Operation("host:" + function.Name, arguments, ValueFacts.Unknown, span, Math.Max(1, results.Count), effect: true);
        return [.. results.Select((r, i) => graph.Result(operation, i, r.Type.Data == DataKind.Scalar ? ValueFacts.Scalar(r.Type.Value) : ValueFacts.Unknown with { Data = r.Type.Data }))];
    }

    // Statements of an inlined body; false when control flow depends on run-time values.
    private bool Straight(IReadOnlyList<Statement> statements)
    {
        foreach (Statement statement in statements)
        {
            if (++graph.InlinedStatements > MostInlinedStatements)
            {
                return false;
            }

            switch (statement)
            {
                case WhileStatement:
                    return false;
                case ForStatement loop:
                    if (!Unroll(loop))
                    {
                        return false;
                    }

                    break;
                case IfStatement branch:
                    if (Condition(branch.Condition) is not { } condition || !Straight(condition ? branch.Then : branch.Else))
                    {
                        return false;
                    }

                    break;
                default:
                    foreach (Statement flat in BlockBuilder.Flatten(unit, statement))
                    {
                        if (!Inlined(flat))
                        {
                            return false;
                        }
                    }

                    break;
            }
        }

        return true;
    }

    // A loop over known numbers becomes its iterations one after the other, unless the DAG would grow too large.
    private bool Unroll(ForStatement loop)
    {
        Node from = Expression(loop.From);
        Node to = Expression(loop.To);
        Node? step = loop.Step is null ? null : Expression(loop.Step);
        if (!IsNumber(from) || !IsNumber(to) || (step is not null && (!IsNumber(step) || step.Constant.AsInteger() == 0)))
        {
            return false;
        }

        long first = from.Constant.AsInteger();
        long last = to.Constant.AsInteger();
        long increment = step?.Constant.AsInteger() ?? (first <= last ? 1 : -1);
        if (((Int128)last - first) / increment >= MostIterations)
        {
            return false;
        }

        for (long i = first; increment > 0 ? i <= last : i >= last; i += increment)
        {
            environment[loop.Variable] = graph.Integer(i);
            if (graph.Nodes.Count > MostNodes || !Straight(loop.Body))
            {
                return false;
            }
        }

        return true;
    }

    private static bool IsNumber(Node node) => node.IsConstant && !node.Constant.IsString;

    private bool? Condition(Expression expression)
    {
        foreach (Statement flat in BlockBuilder.Flatten(unit, new AssignmentStatement(new AssignmentTarget(".condition", null, null, expression.Span), expression, false, expression.Span)))
        {
            if (!Inlined(flat))
            {
                return null;
            }
        }

        Node node = environment[".condition"];
        return node.IsConstant && !node.Constant.IsString ? node.Constant.AsBoolean() : null;
    }

    private bool Inlined(Statement statement)
    {
        var callArguments = new List<(string, Node)>();
        return Statement(statement, callArguments) is null;
    }

    private Node Variable(string name, SourceSpan span)
    {
        if (environment.TryGetValue(name, out Node? node))
        {
            return node;
        }

        if (factsOf(name) is not { } facts)
        {
            throw DmlErrors.UnassignedVariable.At(Graph.Where(span), name);
        }

        if (facts.Constant is { } value)
        {
            constants.Add((name, value));
            return environment[name] = graph.Constant(value);
        }

        environment[name] = node = graph.Load(name, facts.Facts);
        loads.Add((name, node));
        return node;
    }
}
