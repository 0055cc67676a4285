using System.Buffers;
using System.Runtime.CompilerServices;

namespace FlowEngine.Expressions;

/// <summary>Recursive descent over one expression. A syntax error leaves as <see cref="TemplateSyntaxException"/>, its span in the whole template.</summary>
internal ref struct Parser
{
    private const string OperatorHint = "There are no operators: use functions such as add(), equals() and and().";

    private static readonly SearchValues<char> OperatorSigns = SearchValues.Create("=<>&|!*/+-");

    private readonly ReadOnlySpan<char> _text;
    private readonly int _offset;
    private readonly bool _isExtended;
    private readonly int _maxNesting;
    private Lexer _lexer;
    private List<string>? _lambdaNames;

    // The arguments of all calls that are open, the innermost call's on top: no list of its own for each call, and none at all for eight of them.
    private EightNodes _few;
    private SyntaxNode[]? _many;
    private int _openCount;
    private int _depth;

    private readonly NameCache? _names;

    private Parser(ReadOnlySpan<char> text, int offset, ExpressionDialect dialect, ExpressionLimits limits, NameCache? names)
    {
        _names = names;
        _text = text;
        _offset = offset;
        _isExtended = dialect != ExpressionDialect.Strict;
        _maxNesting = Math.Min(limits.MaxNesting, ExpressionLimits.DeepestNesting);
        _lexer = new Lexer(text);
    }

    /// <summary>Parses an expression to its end.</summary>
    /// <param name="text">The expression alone: without <c>@</c>, <c>@{</c> and <c>}</c>.</param>
    /// <param name="offset">Where it starts in the template text.</param>
    /// <param name="dialect">Whether lambda variables are known.</param>
    /// <param name="limits">Its <see cref="ExpressionLimits.MaxLength"/> and <see cref="ExpressionLimits.MaxNesting"/> count here.</param>
    /// <param name="names">Remembers names; null where there is one expression only.</param>
    public static SyntaxNode Parse(ReadOnlySpan<char> text, int offset, ExpressionDialect dialect, ExpressionLimits limits, NameCache? names)
    {
        var parser = new Parser(text, offset, dialect, limits, names);
        try
        {
            if (text.Length > limits.MaxLength) throw parser.TooLong(limits.MaxLength);
            parser._lexer.Next();
            var expression = parser.Expression();
            parser.Expect(TokenKind.EndOfData);
            return expression;
        }
        catch (TemplateSyntaxException e) when (offset > 0)
        {
            throw new TemplateSyntaxException(e.Error with { Span = new TextSpan(e.Error.Span.Start + offset, e.Error.Span.Length) });
        }
    }

    private SyntaxNode Expression()
    {
        if (++_depth > _maxNesting) throw TooDeep();
        SyntaxNode node;
        var span = TokenSpan();
        switch (_lexer.Kind)
        {
            case TokenKind.StringLiteral:
                node = new LiteralSyntax(FlowValue.String(_lexer.StringValue(_names)), span);
                _lexer.Next();
                break;
            case TokenKind.IntegerLiteral or TokenKind.FloatLiteral:
                node = new LiteralSyntax(_lexer.NumberValue(), span);
                _lexer.Next();
                break;
            case TokenKind.Identifier:
                node = Named(_lexer.Text, span);
                break;
            default:
                throw Expected(TokenKind.Identifier);
        }

        _depth--;
        return node;
    }

    private SyntaxNode Named(ReadOnlySpan<char> name, TextSpan nameSpan)
    {
        _lexer.Next();
        if (_lexer.Kind == TokenKind.LeftParenthesis) return Steps(Call(TextOf(name), nameSpan));
        if (name.Equals("true", StringComparison.OrdinalIgnoreCase)) return new LiteralSyntax(FlowValue.True, nameSpan);
        if (name.Equals("false", StringComparison.OrdinalIgnoreCase)) return new LiteralSyntax(FlowValue.False, nameSpan);
        if (name.Equals("null", StringComparison.OrdinalIgnoreCase)) return new LiteralSyntax(FlowValue.Null, nameSpan);
        if (_lambdaNames?.Contains(name.ToString()) == true) return Steps(new IdentifierSyntax(name.ToString(), nameSpan));
        throw Expected(TokenKind.LeftParenthesis, NameHint(name, nameSpan));
    }

    private CallSyntax Call(string name, TextSpan nameSpan)
    {
        var firstArgument = _openCount;
        var isLambda = _isExtended && name.Equals("lambda", StringComparison.OrdinalIgnoreCase);
        var bound = 0;
        _lexer.Next();
        if (_lexer.Kind != TokenKind.RightParenthesis)
        {
            Open(Expression());
            if (isLambda && Opened(firstArgument) is LiteralSyntax { Value.IsString: true } variable)
            {
                (_lambdaNames ??= []).Add(variable.Value.AsString);
                bound = 1;
            }

            while (_lexer.Kind == TokenKind.Comma)
            {
                _lexer.Next();
                Open(Expression());
            }
        }

        if (bound > 0) _lambdaNames!.RemoveAt(_lambdaNames.Count - 1); // bound says that the list is there
        Expect(TokenKind.RightParenthesis);
        var call = new CallSyntax(name, Close(firstArgument), new TextSpan(nameSpan.Start, _offset + _lexer.End - nameSpan.Start));
        CheckHeight(call);
        CheckReference(call);
        _lexer.Next();
        return call;
    }

    private void Open(SyntaxNode argument)
    {
        if (_openCount < EightNodes.Length)
        {
            _few[_openCount++] = argument;
            return;
        }

        if (_many is null || _openCount == _many.Length) Array.Resize(ref _many, 2 * _openCount);
        _many[_openCount++] = argument;
    }

    private readonly SyntaxNode Opened(int index) => index < EightNodes.Length ? _few[index] : _many![index]; // opened before, so it is there

    private SyntaxNode[] Close(int first)
    {
        var count = _openCount - first;
        if (count == 0) return [];
        var arguments = new SyntaxNode[count];
        for (var i = 0; i < arguments.Length; i++) arguments[i] = Opened(first + i);
        _openCount = first;
        return arguments;
    }

    private readonly string TextOf(ReadOnlySpan<char> name) => _names is null ? name.ToString() : _names.Get(name);

    private SyntaxNode Steps(SyntaxNode node)
    {
        while (_lexer.Kind is TokenKind.QuestionMark or TokenKind.Dot or TokenKind.LeftSquareBracket)
        {
            var start = _lexer.Start;
            var isOptional = _lexer.Kind == TokenKind.QuestionMark;
            if (isOptional) _lexer.Next();
            node = _lexer.Kind == TokenKind.Dot ? StepByDot(node, start, isOptional) : StepByBracket(node, start, isOptional);
            CheckHeight(node);
            _lexer.Next();
        }

        return node;
    }

    private MemberSyntax StepByDot(SyntaxNode target, int start, bool isOptional)
    {
        _lexer.Next(afterDot: true);
        Expect(TokenKind.Identifier);
        return new MemberSyntax(target, TextOf(_lexer.Text), TokenSpan(), isOptional, StepSpan(start));
    }

    private MemberSyntax StepByBracket(SyntaxNode target, int start, bool isOptional)
    {
        Expect(TokenKind.LeftSquareBracket);
        _lexer.Next();
        if (_lexer.Kind == TokenKind.StringLiteral && _depth < _maxNesting)
        {
            var (name, nameSpan) = (_lexer.StringValue(_names), TokenSpan());
            _lexer.Next();
            Expect(TokenKind.RightSquareBracket);
            return new MemberSyntax(target, name, nameSpan, isOptional, StepSpan(start));
        }

        var index = Expression();
        Expect(TokenKind.RightSquareBracket);
        return new MemberSyntax(target, index, isOptional, StepSpan(start));
    }

    private readonly TextSpan StepSpan(int start) => new(_offset + start, _lexer.End - start);

    // All that the service checks at save beyond the grammar: references have a first argument, and no literal but a text.
    private readonly void CheckReference(CallSyntax call)
    {
        if (!ReferenceNames.NeedsName(call.Name)) return;
        var name = call.Name;
        if (call.Arguments.Count == 0)
            throw Error($"The template language function '{name}' must have at least one parameter.", call.Span);
        if (call.Arguments[0] is not LiteralSyntax { Value.IsString: false } literal) return;
        if (_isExtended && literal.Value.IsNull && name.Equals("items", StringComparison.OrdinalIgnoreCase)) return;
        throw Error($"The provided parameters for template language function '{name}' are not valid.", literal.Span);
    }

    private readonly void CheckHeight(SyntaxNode node)
    {
        if (node.Height > _maxNesting) throw TooDeep();
    }

    private readonly void Expect(TokenKind kind)
    {
        if (_lexer.Kind != kind) throw Expected(kind);
    }

    private readonly TextSpan TokenSpan() => new(_offset + _lexer.Start, _lexer.End - _lexer.Start);

    private readonly TemplateSyntaxException Expected(TokenKind kind, string? detail = null) => Error(
        $"Unable to parse template language expression '{_text}': expected token '{kind}' and actual '{_lexer.Kind}'.",
        TokenSpan(),
        detail ?? MissingTokenHint(kind));

    private readonly TemplateSyntaxException TooDeep() => Error(
        $"Unable to parse template language expression: its calls and dereferences are nested deeper than {_maxNesting} levels.",
        TokenSpan());

    private readonly TemplateSyntaxException TooLong(int limit) => Error(
        $"Unable to parse template language expression: its '{_text.Length}' characters exceed the limit of '{limit}' characters.",
        new TextSpan(_offset, _text.Length));

    // Spans of nodes count from the template; Parse adds the offset to those of errors.
    private readonly TemplateSyntaxException Error(string message, TextSpan span, string? detail = null) =>
        new(new TemplateSyntaxError(message, new TextSpan(span.Start - _offset, span.Length), detail));

    private readonly string? NameHint(ReadOnlySpan<char> name, TextSpan span)
    {
        if (name.Contains('"')) return "A text stands in single quotes.";
        if (_isExtended && _lambdaNames is not null) return $"'{name}' is neither a function nor the variable of a lambda around it.";
        if (span.Start == 1) return "A text that begins with '@' is an expression; write '@@' for the character itself.";
        return IsOperator(_lexer) ? OperatorHint : $"A function's name is followed by '('; if '{name}' is a text, write it in single quotes.";
    }

    // What a token that stands where none can stand was probably meant to be.
    private readonly string? MissingTokenHint(TokenKind kind)
    {
        if (kind is not (TokenKind.EndOfData or TokenKind.RightParenthesis or TokenKind.RightSquareBracket)) return null;
        if (IsOperator(_lexer)) return OperatorHint;
        var startsValue = _lexer.Kind is TokenKind.StringLiteral or TokenKind.IntegerLiteral or TokenKind.FloatLiteral or TokenKind.Identifier;
        return startsValue && kind == TokenKind.RightParenthesis ? "Arguments stand apart by commas." : null;
    }

    private static bool IsOperator(in Lexer lexer) => lexer.Kind == TokenKind.Identifier
        && (lexer.Text.IndexOfAny(OperatorSigns) >= 0 || IsWord(lexer.Text, "and") || IsWord(lexer.Text, "or") || IsWord(lexer.Text, "eq"));

    private static bool IsWord(ReadOnlySpan<char> text, string word) => text.Equals(word, StringComparison.OrdinalIgnoreCase);

    [InlineArray(Length)]
    private struct EightNodes
    {
        public const int Length = 8;

        private SyntaxNode _first;
    }
}
