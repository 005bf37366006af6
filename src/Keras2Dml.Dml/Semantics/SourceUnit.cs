using Keras2Dml.Dml.Syntax;

namespace Keras2Dml.Dml.Semantics;

/// <summary>A loaded file: its functions, and the files it sources by namespace.</summary>
internal sealed class SourceUnit(ScriptFile file, string? libraryPath)
{
    public ScriptFile File { get; } = file;

    /// <summary>Path from <c>keras2dml/</c> on when the file is one of our library, unchanged; null otherwise.</summary>
    public string? LibraryPath { get; } = libraryPath;

    public Dictionary<string, UserFunction> Functions { get; } = new(StringComparer.Ordinal);

    public Dictionary<string, SourceUnit> Namespaces { get; } = new(StringComparer.Ordinal);

    /// <summary>Functions of SystemDS that are scripts themselves, where a file of our library defines them and this file calls them.</summary>
    public Dictionary<string, UserFunction> ScriptBuiltins { get; } = new(StringComparer.Ordinal);

    /// <summary>The user function that a call means in this file; null for builtins and unknown names.</summary>
    public UserFunction? Resolve(CallExpression call) => call.Namespace is null
        ? Functions.GetValueOrDefault(call.Name) ?? ScriptBuiltins.GetValueOrDefault(call.Name)
        : Namespaces.GetValueOrDefault(call.Namespace)?.Functions.GetValueOrDefault(call.Name);
}

/// <summary>A function declared in a script.</summary>
internal sealed class UserFunction(SourceUnit unit, FunctionDeclaration declaration)
{
    private Scope? scope;

    public SourceUnit Unit { get; } = unit;

    public FunctionDeclaration Declaration { get; } = declaration;

    public string Name => Declaration.Name;

    /// <summary>True once a plan calls the function instead of taking its body in.</summary>
    public bool IsCalledOnFrame { get; set; }

    /// <summary>The body as blocks, made when the function is first called rather than inlined.</summary>
    public Scope Scope => LazyInitializer.EnsureInitialized(ref scope, () => BlockBuilder.ForFunction(this));
}
