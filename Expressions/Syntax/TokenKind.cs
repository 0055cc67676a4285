namespace FlowEngine.Expressions;

/// <summary>The tokens of an expression, named as the service's messages name them.</summary>
internal enum TokenKind
{
    Identifier,
    LeftParenthesis,
    RightParenthesis,
    LeftSquareBracket,
    RightSquareBracket,
    Comma,
    Dot,
    QuestionMark,
    StringLiteral,
    IntegerLiteral,
    FloatLiteral,
    EndOfData,
}
