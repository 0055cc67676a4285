using System.Globalization;
using System.Text;

namespace FlowEngine.Benchmarks.Scenarios;

/// <summary>The workflows of the scenarios, as JSON text.</summary>
internal static class Flows
{
    public const string Sequential = "\"operationOptions\": \"Sequential\"";
    public const string Concurrent = "\"runtimeConfiguration\": { \"concurrency\": { \"repetitions\": 20 } }";

    /// <summary>A definition around an <c>actions</c> object.</summary>
    public static string Whole(string actions) => $$"""{ "triggers": { "manual": { "type": "Request", "inputs": {} } }, "actions": {{actions}} }""";

    /// <summary>Each action adds to the output of the one before.</summary>
    public static string Chain(int length) => Sequence(
        length, i => i == 0 ? """ "type": "Compose", "inputs": 0 """ : Invariant($$""" "type": "Compose", "inputs": "@add(outputs('A{{i - 1}}'), 1)" """));

    /// <summary>A variable, then actions that each read it and make a text.</summary>
    public static string ConcatChain(int length) => Sequence(
        length,
        i => i == 0
            ? """ "type": "InitializeVariable", "inputs": { "variables": [{ "name": "x", "type": "string", "value": "alue" }] } """
            : """ "type": "Compose", "inputs": "@concat('v', variables('x'))" """);

    /// <summary>Branches side by side, and one action after all of them.</summary>
    public static string Fan(int branches)
    {
        var actions = new StringBuilder("{ ");
        for (var i = 0; i < branches; i++) actions.Append(Invariant($$""" "B{{i}}": { "type": "Compose", "inputs": {{i}}, "runAfter": {} }, """));
        var all = string.Join(", ", Enumerable.Range(0, branches).Select(i => Invariant($$""" "B{{i}}": ["Succeeded"] """)));
        return actions.Append(Invariant($$""" "Join": { "type": "Compose", "inputs": "@outputs('B0')", "runAfter": { {{all}} } } }""")).ToString();
    }

    /// <summary>One Compose an item.</summary>
    public static string Foreach(int items, string setting) => Loop(
        items, setting, """ "Twice": { "type": "Compose", "inputs": "@mul(item(), 2)", "runAfter": {} } """);

    /// <summary>One Compose an item of the inner loop.</summary>
    public static string NestedForeach(int outer, int inner) => Loop(
        outer,
        Sequential,
        Invariant($$"""
         "Inner": { "type": "Foreach", "foreach": "@range(0, {{inner}})", {{Sequential}}, "runAfter": {},
            "actions": { "Sum": { "type": "Compose", "inputs": "@add(item(), items('Loop'))", "runAfter": {} } } }
        """));

    /// <summary>Each item goes into an array variable.</summary>
    public static string Append(int items) => Loop(
        items,
        Sequential,
        """ "Add": { "type": "AppendToArrayVariable", "inputs": { "name": "all", "value": "@item()" }, "runAfter": {} } """,
        """ "Start": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "all", "type": "array", "value": [] }] }, "runAfter": {} }, """);

    /// <summary>Each item becomes a line of a text variable.</summary>
    public static string AppendText(int items) => Loop(
        items,
        Sequential,
        """ "Add": { "type": "AppendToStringVariable", "inputs": { "name": "all", "value": "line @{item()}\n" }, "runAfter": {} } """,
        """ "Start": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "all", "type": "string", "value": "" }] }, "runAfter": {} }, """);

    /// <summary>Sets of numbers, whole and with a fraction.</summary>
    public static string Sets(int items) => Invariant(
        $$"""
        { "Halves": { "type": "Select", "inputs": { "from": "@range(0, {{items}})", "select": "@div(float(item()), 2.0)" }, "runAfter": {} },
          "All": { "type": "Compose", "inputs": "@union(range(0, {{items}}), body('Halves'))", "runAfter": { "Halves": ["Succeeded"] } },
          "Both": { "type": "Compose", "inputs": "@intersection(reverse(range(0, {{items}})), body('Halves'))", "runAfter": { "All": ["Succeeded"] } } }
        """);

    /// <summary>Rows made, sorted, joined, made a table of, and turned into text and back.</summary>
    public static string Rows(int items) => Invariant(
        $$"""
        { "Make": { "type": "Select", "inputs": { "from": "@range(0, {{items}})", "select": { "id": "@item()", "name": "@concat('customer ', mul(item(), 7919))" } }, "runAfter": {} },
          "Sorted": { "type": "Compose", "inputs": "@sort(body('Make'), 'name')", "runAfter": { "Make": ["Succeeded"] } },
          "Names": { "type": "Join", "inputs": { "from": "@outputs('Sorted')", "joinWith": ";" }, "runAfter": { "Sorted": ["Succeeded"] } },
          "Pieces": { "type": "Compose", "inputs": "@length(split(replace(body('Names'), ';', ','), ','))", "runAfter": { "Names": ["Succeeded"] } },
          "Table": { "type": "Table", "inputs": { "from": "@body('Make')", "format": "CSV" }, "runAfter": { "Pieces": ["Succeeded"] } },
          "Again": { "type": "Compose", "inputs": "@json(string(body('Make')))", "runAfter": { "Table": ["Succeeded"] } } }
        """);

    /// <summary>A chain behind a request: it goes on by counters, not straight through.</summary>
    public static string Behind(int actions) => Sequence(
        actions, i => i == 0 ? """ "type": "Http", "inputs": { "method": "GET", "uri": "https://example.org/" } """ : """ "type": "Compose", "inputs": "@utcNow()" """);

    /// <summary>A request an item, 20 at a time, its answer read.</summary>
    public static string Requests(int items) => Loop(
        items,
        Concurrent,
        """
         "Ask": { "type": "Http", "inputs": { "method": "POST", "uri": "https://example.org/items/@{item()}", "body": { "id": "@item()" } }, "runAfter": {} },
            "Read": { "type": "Compose", "inputs": "@body('Ask')?['id']", "runAfter": { "Ask": ["Succeeded"] } }
        """);

    /// <summary>Each item goes one of two ways.</summary>
    public static string Conditions(int items) => Loop(
        items,
        Sequential,
        """
         "Choose": { "type": "If", "expression": { "and": [{ "equals": ["@mod(item(), 2)", 0] }] }, "runAfter": {},
            "actions": { "Even": { "type": "Compose", "inputs": "@item()", "runAfter": {} } },
            "else": { "actions": { "Odd": { "type": "Compose", "inputs": "@mul(item(), -1)", "runAfter": {} } } } }
        """);

    /// <summary>Counts a variable up.</summary>
    public static string Until(int repetitions) => Invariant(
        $$"""
        { "Start": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "n", "type": "integer", "value": 0 }] }, "runAfter": {} },
          "Loop": { "type": "Until", "expression": "@equals(variables('n'), {{repetitions}})", "limit": { "count": 5000, "timeout": "PT1H" }, "runAfter": { "Start": ["Succeeded"] },
            "actions": { "Count": { "type": "IncrementVariable", "inputs": { "name": "n", "value": 1 }, "runAfter": {} } } } }
        """);

    /// <summary>Reads the trigger's text as JSON, maps all of it and keeps what is below a limit.</summary>
    public static string Body(int limit) => Invariant(
        $$"""
        { "Parse": { "type": "ParseJson", "inputs": { "content": "@triggerBody()", "schema": {} }, "runAfter": {} },
          "Map": { "type": "Select", "inputs": { "from": "@body('Parse')", "select": { "id": "@item()?['id']", "who": "@item()?['customer']", "double": "@mul(item()?['quantity'], 2)" } },
            "runAfter": { "Parse": ["Succeeded"] } },
          "Half": { "type": "Query", "inputs": { "from": "@body('Parse')", "where": "@less(item()?['id'], {{limit}})" }, "runAfter": { "Map": ["Succeeded"] } } }
        """);

    /// <summary>An array of orders, some 210 characters each.</summary>
    public static string BodyText(int objects)
    {
        var text = new StringBuilder("[");
        for (var i = 0; i < objects; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(Invariant(
                $$$"""{"id":{{{i}}},"customer":"Customer {{{i % 997}}} of Contoso","quantity":{{{i % 17}}},"price":{{{i % 89}}}.25,"open":{{{(i % 2 == 0 ? "true" : "false")}}},"placed":"2026-01-31T10:00:00Z","address":{"street":"Long Road {{{i}}}","city":"Utrecht","zip":"3511 AB"}}"""));
        }

        return text.Append(']').ToString();
    }

    /// <summary>A definition of many mixed actions in scopes and conditions, two expressions each and some 270 characters long.</summary>
    public static string Large(int actions)
    {
        const int perGroup = 10;
        var text = new StringBuilder("""{ "Start": { "type": "InitializeVariable", "inputs": { "variables": [{ "name": "all", "type": "array", "value": "@createArray(triggerBody()?['first'], triggerBody()?['second'])" }] }, "runAfter": {} }""");
        for (var group = 0; group < actions / perGroup; group++)
        {
            var after = group == 0 ? "Start" : Invariant($"Scope{group - 1}");
            text.Append(Invariant(
                $$"""
                , "Scope{{group}}": { "type": "Scope", "description": "Group {{group}}", "runAfter": { "{{after}}": ["Succeeded"] }, "actions": {
                    "Total{{group}}": { "type": "Compose", "description": "The total of one order, with tax", "inputs": { "total": "@mul(triggerBody()?['orders']?[{{group}}]?['amount'], 1.19)", "label": "@concat('order ', string(triggerBody()?['orders']?[{{group}}]?['id']))", "currency": "EUR" }, "runAfter": {} },
                    "Note{{group}}": { "type": "AppendToArrayVariable", "inputs": { "name": "all", "value": { "total": "@outputs('Total{{group}}')?['total']", "at": "@formatDateTime(utcNow(), 'yyyy-MM-dd')" } }, "runAfter": { "Total{{group}}": ["Succeeded"] } },
                    "Large{{group}}": { "type": "If", "description": "Orders above the limit need a second pair of eyes", "expression": { "and": [{ "greater": ["@outputs('Total{{group}}')?['total']", 1000] }, { "not": { "equals": ["@triggerBody()?['trusted']", true] } }] }, "runAfter": { "Note{{group}}": ["Succeeded"] },
                      "actions": { "Ask{{group}}": { "type": "Http", "inputs": { "method": "POST", "uri": "https://approvals.example/orders/@{triggerBody()?['orders']?[{{group}}]?['id']}", "headers": { "Content-Type": "application/json" }, "body": { "total": "@outputs('Total{{group}}')?['total']" } }, "runAfter": {} } },
                      "else": { "actions": { "Pass{{group}}": { "type": "Compose", "inputs": { "approved": true, "by": "@coalesce(triggerBody()?['user'], 'nobody')", "when": "@addDays(utcNow(), 1)", "reason": "below the limit" }, "runAfter": {} } } } },
                    "Lines{{group}}": { "type": "Select", "inputs": { "from": "@coalesce(triggerBody()?['orders']?[{{group}}]?['lines'], json('[]'))", "select": { "sku": "@item()?['sku']", "quantity": "@int(coalesce(item()?['quantity'], 1))" } }, "runAfter": { "Large{{group}}": ["Succeeded", "Failed"] } },
                    "Open{{group}}": { "type": "Query", "inputs": { "from": "@body('Lines{{group}}')", "where": "@and(greater(item()?['quantity'], 0), not(empty(item()?['sku'])))" }, "runAfter": { "Lines{{group}}": ["Succeeded"] } },
                    "Read{{group}}": { "type": "ParseJson", "inputs": { "content": "@json(concat('{\"n\":', string(length(body('Open{{group}}'))), '}'))", "schema": { "type": "object", "properties": { "n": { "type": "integer" } }, "required": ["n"] } }, "runAfter": { "Open{{group}}": ["Succeeded"] } },
                    "Sum{{group}}": { "type": "Compose", "inputs": "@if(greater(body('Read{{group}}')?['n'], 0), concat('lines: ', string(body('Read{{group}}')?['n'])), 'no lines')", "runAfter": { "Read{{group}}": ["Succeeded"] } }
                } }
                """));
        }

        return text.Append(" }").ToString();
    }

    private static string Loop(int items, string setting, string actions, string? before = null) => Invariant(
        $$"""
        { {{before}} "Loop": { "type": "Foreach", "foreach": "@range(0, {{items}})", {{setting}}, "runAfter": { {{(before is null ? "" : "\"Start\": [\"Succeeded\"]")}} },
            "actions": { {{actions}} } } }
        """);

    private static string Sequence(int length, Func<int, string> action)
    {
        var actions = new StringBuilder("{ ");
        for (var i = 0; i < length; i++)
        {
            var after = i == 0 ? "" : Invariant($$""" "A{{i - 1}}": ["Succeeded"] """);
            actions.Append(Invariant($$"""{{(i == 0 ? "" : ", ")}}"A{{i}}": { {{action(i)}}, "runAfter": { {{after}} } }"""));
        }

        return actions.Append(" }").ToString();
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
