using FlowEngine.Definitions;

namespace FlowEngine.Tests;

[Parallelizable(ParallelScope.All)]
public class ArmExpressionTests
{
    private static readonly FlowValue Template = FlowValue.Parse("""
        {
          "parameters": { "text": { "defaultValue": "abc" }, "list": { "defaultValue": [1, 2, 3] }, "none": { "type": "string" }, "computed": { "defaultValue": "[toUpper(parameters('text'))]" } },
          "variables": { "deep": { "a": [{ "b": "[parameters('text')]" }] }, "$fxv#0": { "x": 1 } }
        }
        """);

    private static FlowValue Evaluate(string expression) => new ArmScope(Template, new Dictionary<string, FlowValue>()).Resolve(expression);

    [TestCase("[parameters('TEXT')]", "\"abc\"")]
    [TestCase("[ Parameters( 'computed' ) ]", "\"ABC\"")]
    [TestCase("[variables('deep').a[0].b]", "\"abc\"")]
    [TestCase("[variables('deep')['a'][0]['b']]", "\"abc\"")]
    [TestCase("[variables('$fxv#0').x]", "1")]
    [TestCase("['it''s']", "\"it's\"")]
    [TestCase("[concat('a', 1, true(), parameters('text'))]", "\"a1Trueabc\"")]
    [TestCase("[concat(createArray(1), parameters('list'))]", "[1,1,2,3]")]
    [TestCase("[format('{0}-{1}{{}}', 'a', 2)]", "\"a-2{}\"")]
    [TestCase("[uri('https://a.example/b/', 'c/d')]", "\"https://a.example/b/c/d\"")]
    [TestCase("[json('{\"a\":[1]}').a[0]]", "1")]
    [TestCase("[if(equals(1, 1), 'yes', reference('x'))]", "\"yes\"")]
    [TestCase("[createObject('a', 1, 'b', createArray())]", "{\"a\":1,\"b\":[]}")]
    [TestCase("[union(createObject('a', createObject('x', 1)), createObject('a', createObject('y', 2)))]", "{\"a\":{\"x\":1,\"y\":2}}")]
    [TestCase("[union(createArray(1, 2), createArray(2, 3))]", "[1,2,3]")]
    [TestCase("[intersection(createArray(1, 2), createArray(2, 3))]", "[2]")]
    [TestCase("[string(createArray('a', 1))]", "\"[\\\"a\\\",1]\"")]
    [TestCase("[split('a,b;c', createArray(',', ';'))]", "[\"a\",\"b\",\"c\"]")]
    [TestCase("[join(createArray('a', 'b'), '-')]", "\"a-b\"")]
    [TestCase("[substring('abcd', 1, 2)]", "\"bc\"")]
    [TestCase("[replace('aXb', 'X', '')]", "\"ab\"")]
    [TestCase("[padLeft(7, 3, '0')]", "\"007\"")]
    [TestCase("[take('abc', 2)]", "\"ab\"")]
    [TestCase("[skip(parameters('list'), 1)]", "[2,3]")]
    [TestCase("[range(5, 3)]", "[5,6,7]")]
    [TestCase("[first(parameters('list'))]", "1")]
    [TestCase("[last('abc')]", "\"c\"")]
    [TestCase("[length(parameters('text'))]", "3")]
    [TestCase("[empty('')]", "true")]
    [TestCase("[contains(createObject('a', 1), 'A')]", "true")]
    [TestCase("[startsWith('abcd', 'AB')]", "true")]
    [TestCase("[and(not(false()), or(false(), true()))]", "true")]
    [TestCase("[greater('b', 'a')]", "true")]
    [TestCase("[less(2, 1)]", "false")]
    [TestCase("[int('42')]", "42")]
    [TestCase("[mod(add(mul(2, 3), sub(5, 1)), div(9, 2))]", "2")]
    [TestCase("[max(createArray(1, 5, 3))]", "5")]
    [TestCase("[coalesce(null(), 'a')]", "\"a\"")]
    [TestCase("[base64ToString(base64('ü'))]", "\"ü\"")]
    [TestCase("[environment().suffixes.storage]", "\"core.windows.net\"")]
    [TestCase("[resourceGroup().location]", "\"westeurope\"")]
    [TestCase("[subscription().subscriptionId]", "\"00000000-0000-0000-0000-000000000000\"")]
    [TestCase("[resourceId('g', 'A.B/c/d', 'x', 'y')]", "\"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/g/providers/A.B/c/x/d/y\"")]
    [TestCase("[subscriptionResourceId('Microsoft.Web/locations/managedApis', 'l', 'office365')]", "\"/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Web/locations/l/managedApis/office365\"")]
    public void An_expression_that_needs_no_cloud_has_a_value(string expression, string json) =>
        Assert.That(Evaluate(expression), Is.EqualTo(FlowValue.Parse(json)));

    [TestCase("[]", "it ends too early")]
    [TestCase("[concat('a']", "it ends too early")]
    [TestCase("[concat('a)]", "no closing quote")]
    [TestCase("[concat('a') x]", "at 'x', character 14")]
    [TestCase("[99999999999999999999]", "no integer")]
    [TestCase("[parameters('none')]", "'none' has no value")]
    [TestCase("[parameters('nobody')]", "no parameter 'nobody'")]
    [TestCase("[variables('nobody')]", "no variable 'nobody'")]
    [TestCase("[reference('x').y]", "'reference' needs the cloud")]
    [TestCase("[variables('deep').x]", "no member 'x'")]
    [TestCase("[concat()[0]]", "no member '0'")]
    [TestCase("[substring('a', 5)]", "argument 2 of 'substring'")]
    [TestCase("[substring('abc')]", "too few arguments")]
    [TestCase("[div(1, 0)]", "no result")]
    [TestCase("[add(9223372036854775807, 1)]", "no result")]
    [TestCase("[json('{')]", "not JSON")]
    [TestCase("[format('{0,99999999}', 'a')]", "a hole that is no")]
    [TestCase("[padLeft('a', 999999999)]", "up to 10,000")]
    [TestCase("[range(0, 999999999)]", "up to 10,000")]
    [TestCase("[union()]", "too few arguments")]
    public void An_expression_without_a_value_says_why(string expression, string reason) =>
        Assert.That(() => Evaluate(expression), Throws.TypeOf<ArmException>().With.Message.Contains(reason));

    [Test]
    public void Calls_nested_too_deep_are_refused() =>
        Assert.That(() => Evaluate("[" + string.Concat(Enumerable.Repeat("concat(", 5000)) + "'a'" + new string(')', 5000) + "]"), Throws.TypeOf<ArmException>());

    [Test]
    public void Every_function_refuses_wrong_arguments_in_words()
    {
        string[] arguments = ["", "1", "'a'", "createArray()", "createArray(createArray())", "createObject()", "null()", "-1, -1", "'a', -1", "'', ''", "'a', 'b', 'c'", "createArray(), 1", "null(), null(), null()", "'a/b', 'c'", "'/', '/'", "createObject(), 'a'"];
        var tables = new[] { ArmTextFunctions.Table, ArmCollectionFunctions.Table, ArmValueFunctions.Table, ArmDeploymentFunctions.Table };
        foreach (var name in tables.SelectMany(table => table.Keys))
        {
            foreach (var given in arguments)
            {
                try
                {
                    Evaluate($"[{name}({given})]");
                }
                catch (ArmException refused)
                {
                    Assert.That(refused.Message, Is.Not.Empty);
                }
            }
        }
    }
}
