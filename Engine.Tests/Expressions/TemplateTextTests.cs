using FlowEngine.Expressions;

namespace FlowEngine.Tests.Expressions;

[Parallelizable(ParallelScope.All)]
public sealed class TemplateTextTests
{
    [TestCase("plain", "plain")]
    [TestCase("", "")]
    [TestCase("@", "@")]
    [TestCase("@@", "@")]
    [TestCase(" @x", " @x")]
    [TestCase("a@b.com", "a@b.com")]
    [TestCase("user@@host", "user@@host")]
    [TestCase("@@{'abc'}@{'def'}", "@{'abc'}@{'def'}")]
    [TestCase("abc@@{def", "abc@{def")]
    [TestCase("x@@y @@{1} z", "x@@y @{1} z")]
    public void Text_without_an_expression_is_a_literal(string text, string literal)
    {
        var parsed = TemplateText.Parse(text);
        Assert.That(parsed.Kind, Is.EqualTo(TemplateKind.Literal));
        Assert.That(parsed.LiteralText, Is.EqualTo(literal));
    }

    [Test]
    public void Pieces_of_an_interpolation_know_where_they_stand()
    {
        var parts = TemplateText.Parse("a@@{b@{ 1 }@{'}'}c@").Parts;
        Assert.That(parts.Select(p => p.Text), Is.EqualTo(new[] { "a@{b", null, null, "c@" }));
        Assert.That(parts.Select(p => (p.Span.Start, p.Span.Length)), Is.EqualTo(new[] { (0, 5), (5, 6), (11, 6), (17, 2) }));
    }

    [Test]
    public void Calls_are_listed_with_the_places_of_their_names_and_texts()
    {
        var calls = TemplateText.Parse("x @{concat(body('A')?['b'], outputs('C').d[length('e')])}").Calls().ToArray();
        Assert.That(calls.Select(c => c.Name), Is.EqualTo(new[] { "concat", "body", "outputs", "length" }));
        Assert.That(calls[1].LiteralText(0), Is.EqualTo("A"));
        Assert.That(calls[1].NameSpan, Is.EqualTo(new TextSpan(11, 4)));
        Assert.That(calls[1].Span, Is.EqualTo(new TextSpan(11, 9)));
        Assert.That(calls[1].Arguments[0].Span, Is.EqualTo(new TextSpan(16, 3)));
    }

    [Test]
    public void A_dereference_knows_its_own_step_and_its_target()
    {
        var member = (MemberSyntax)TemplateText.Parse("@body('A') ? ['b'] .c").Expression!;
        Assert.That((member.Name, member.IsOptional, member.StepSpan), Is.EqualTo(("c", false, new TextSpan(19, 2))));
        var inner = (MemberSyntax)member.Target;
        Assert.That((inner.Name, inner.IsOptional, inner.Span), Is.EqualTo(("b", true, new TextSpan(1, 17))));
    }

    [Test]
    public void A_name_in_a_step_is_a_literal_at_its_own_place()
    {
        var member = (MemberSyntax)TemplateText.Parse("@body('A')[ 'it''s' ].c").Expression!;
        Assert.That((((LiteralSyntax)member.Index).Value.AsString, member.Index.Span), Is.EqualTo(("c", new TextSpan(22, 1))));
        var inner = ((MemberSyntax)member.Target).Index;
        Assert.That((((LiteralSyntax)inner).Value.AsString, inner.Span), Is.EqualTo(("it's", new TextSpan(12, 7))));
    }

    [Test]
    public void Each_call_has_its_own_arguments_however_many_are_open()
    {
        var call = (CallSyntax)TemplateText.Parse("@f(1,2,3,4,5,6,g(7,8,9,h(10,11,12,13,14,15,16,17),18),19,k(),20)").Expression!;
        Assert.That(Written(call), Is.EqualTo("f(1 2 3 4 5 6 g(7 8 9 h(10 11 12 13 14 15 16 17) 18) 19 k() 20)"));

        static string Written(SyntaxNode node) => node is CallSyntax call
            ? $"{call.Name}({string.Join(' ', call.Arguments.Select(Written))})"
            : ((LiteralSyntax)node).Value.ToJson();
    }

    [Test]
    public void Texts_of_one_document_keep_their_own_names()
    {
        var texts = new TemplateTextCache();
        var names = Enumerable.Range(0, 600).Select(i => $"name{i}").ToList();
        foreach (var name in names.Concat(names))
        {
            var member = (MemberSyntax)texts.Get($"@body('{name}').{name}").Expression!;
            Assert.That((member.Name, ((CallSyntax)member.Target).LiteralText(0)), Is.EqualTo((name, name)));
        }
    }

    [TestCase("@type", "Unable to parse template language expression 'type': expected token 'LeftParenthesis' and actual 'EndOfData'.", 5, 0)]
    [TestCase("@odata.type", "Unable to parse template language expression 'odata.type': expected token 'LeftParenthesis' and actual 'Dot'.", 6, 1)]
    [TestCase("@concat('a')b", "Unable to parse template language expression 'concat('a')b': expected token 'EndOfData' and actual 'Identifier'.", 12, 1)]
    [TestCase("@'a','b'", "Unable to parse template language expression ''a','b'': expected token 'EndOfData' and actual 'Comma'.", 4, 1)]
    [TestCase("@'abc'[0]", "Unable to parse template language expression ''abc'[0]': expected token 'EndOfData' and actual 'LeftSquareBracket'.", 6, 1)]
    [TestCase("@body('A')?", "Unable to parse template language expression 'body('A')?': expected token 'LeftSquareBracket' and actual 'EndOfData'.", 11, 0)]
    [TestCase("@equals('item()?['status']','Failed')", "Unable to parse template language expression 'equals('item()?['status']','Failed')': expected token 'RightParenthesis' and actual 'Identifier'.", 18, 6)]
    [TestCase("@equals(@variables('done'),@true)", "The template language expression 'equals(@variables('done'),@true)' is not valid: the string character '@' at position '7' is not expected.", 8, 1)]
    [TestCase("x @{concat('a'", "The template language expression 'x @{concat('a'' is not valid: the string interpolation segment starting at position '2' is not terminated.", 2, 12)]
    [TestCase("@{1} @{concat(}", "Unable to parse template language expression 'concat(': expected token 'Identifier' and actual 'EndOfData'.", 14, 0)]
    [TestCase("@1e1.1", "Unable to parse template language expression '1e1.1': expected token 'EndOfData' and actual 'Dot'.", 4, 1)]
    [TestCase("@5abc", "The template language expression '5abc' is not valid: the string character 'a' at position '1' is not expected.", 2, 1)]
    [TestCase("@++1", "The template language expression '++1' is not valid: the string character '+' at position '1' is not expected.", 2, 1)]
    [TestCase("@body()", "The template language function 'body' must have at least one parameter.", 1, 6)]
    [TestCase("@concat(variables(true))", "The provided parameters for template language function 'variables' are not valid.", 18, 4)]
    public void Malformed_text_is_refused_in_the_words_of_the_service(string text, string message, int start, int length)
    {
        var error = TemplateText.Parse(text).Error;
        Assert.That(error, Is.Not.Null);
        Assert.That(error!.Message, Is.EqualTo(message));
        Assert.That(error.Span, Is.EqualTo(new TextSpan(start, length)));
    }

    [TestCase("@@type", null)]
    [TestCase("@type", "A text that begins with '@' is an expression; write '@@' for the character itself.")]
    [TestCase("@1+1", "There are no operators: use functions such as add(), equals() and and().")]
    [TestCase("@concat(\"a\")", "A text stands in single quotes.")]
    [TestCase("@concat(name)", "A function's name is followed by '('; if 'name' is a text, write it in single quotes.")]
    [TestCase("Hello @{user}", "A function's name is followed by '('; if 'user' is a text, write it in single quotes.")]
    [TestCase("@equals(1, 1) and true", "There are no operators: use functions such as add(), equals() and and().")]
    [TestCase("@if(1 == 1, 2, 3)", "There are no operators: use functions such as add(), equals() and and().")]
    [TestCase("@concat('a' 'b')", "Arguments stand apart by commas.")]
    [TestCase("@concat('a'", null)]
    public void A_refusal_says_what_would_do(string text, string? detail) =>
        Assert.That(TemplateText.Parse(text).Error?.Detail, Is.EqualTo(detail));

    [TestCase("@+.5", 0.5)]
    [TestCase("@+1.", 1.0)]
    [TestCase("@-.5e1", -5.0)]
    [TestCase("@.3", 0.3)]
    [TestCase("@3e1", 30.0)]
    [TestCase("@1.5E-1", 0.15)]
    [TestCase("@9223372036854775809.5", 9.223372036854776E+18)]
    public void A_number_with_a_dot_or_an_exponent_is_a_float(string text, double value)
    {
        var literal = ((LiteralSyntax)TemplateText.Parse(text).Expression!).Value;
        Assert.That(literal.IsFloat);
        Assert.That(literal.AsDouble, Is.EqualTo(value));
    }

    [Test]
    public void An_integer_literal_is_bound_by_64_bits()
    {
        Assert.That(((LiteralSyntax)TemplateText.Parse("@-9223372036854775808").Expression!).Value, Is.EqualTo((FlowValue)long.MinValue));
        Assert.That(TemplateText.Parse("@9223372036854775808").Error, Is.Not.Null);
    }

    [TestCase("@ \u00A0concat\u3000(\r\n'a' , 5 ) ")]
    [TestCase("@if(True,FALSE,Null)")]
    [TestCase("@body('A').$content.x-id['b'].5")]
    [TestCase("@body('Grüße')?.名前")]
    public void White_space_and_any_letters_are_taken(string text) => Assert.That(TemplateText.Parse(text).Error, Is.Null);

    [Test]
    public void Nesting_ends_at_256_with_an_error_and_not_with_the_stack()
    {
        Assert.That(TemplateText.Parse(Nested(255)).Error, Is.Null);
        Assert.That(TemplateText.Parse(Nested(256)).Error!.Message, Does.Contain("nested deeper than 256 levels"));
        Assert.That(TemplateText.Parse(Nested(200_000)).Error!.Message, Does.Contain("nested deeper than 256 levels"));
        Assert.That(TemplateText.Parse("@item()" + string.Concat(Enumerable.Repeat("?['a']", 300))).Error!.Message, Does.Contain("nested deeper than 256 levels"));

        static string Nested(int depth) => "@" + string.Concat(Enumerable.Repeat("not(", depth)) + "1" + new string(')', depth);
    }

    [Test]
    public void A_lambda_variable_is_a_name_only_inside_its_lambda_and_only_in_the_extended_dialect()
    {
        const string text = "@map(item(), lambda('x', map(x, lambda('y', concat(x, y?['a'])))))";
        Assert.That(TemplateText.Parse(text).Error, Is.Null);
        Assert.That(TemplateText.Parse(text, ExpressionDialect.Strict).Error, Is.Not.Null);
        Assert.That(TemplateText.Parse("@concat(map(item(), lambda('x', x)), x)").Error, Is.Not.Null);
    }
}
