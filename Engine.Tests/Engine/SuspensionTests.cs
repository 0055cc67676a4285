using System.Globalization;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>Actions that end at once take another way through the scheduler than actions that wait. Flows made at random: what they end with must not tell which.</summary>
[Parallelizable(ParallelScope.All)]
public class SuspensionTests
{
    private static readonly string[] Statuses = ["Succeeded", "Failed", "Skipped", "TimedOut"];

    [Test]
    public async Task A_run_ends_the_same_whether_its_actions_wait_or_not([Range(1, 20)] int batch)
    {
        for (var seed = batch * 20; seed < (batch + 1) * 20; seed++)
        {
            var flow = new RandomFlow(seed);

            var atOnce = await RunAsync(flow, waits: false);
            var waiting = await RunAsync(flow, waits: true);

            Assert.That(waiting, Is.EqualTo(atOnce), flow.Definition);
        }
    }

    private static async Task<string> RunAsync(RandomFlow flow, bool waits)
    {
        var mocks = MockSet.Parse(flow.Mocks(waits));
        await using var engine = WorkflowEngine.Create();
        var options = new RunOptions { Time = new VirtualTimeProvider(), Seed = 1, Interceptor = new MockActionInterceptor(mocks) };
        var fired = await engine.FireAsync(Workflow.Parse(flow.Definition), new TriggerRequest(), options);
        var record = fired.ToRecord();
        var lines = new List<string> { record["status"].AsString };
        Note(record, string.Empty, lines);
        return string.Join(Environment.NewLine, lines);
    }

    private static void Note(FlowValue owner, string path, List<string> lines)
    {
        foreach (var (name, action) in owner["actions"].AsObject)
        {
            lines.Add($"{path}{name}: {action["status"].AsString} {action["code"].AsString} {action["error"]["message"].AsStringOrNull}");
            foreach (var repetition in action["repetitions"].AsArrayOrNull ?? FlowArray.Empty)
            {
                var at = string.Create(CultureInfo.InvariantCulture, $"{path}{name}[{repetition["index"].AsInteger}]/");
                lines.Add($"{at} {repetition["status"].AsString}");
                Note(repetition, at, lines);
            }
        }
    }

    /// <summary>Containers three deep, with actions whose statuses mocks give; in loops another one for each repetition.</summary>
    private sealed class RandomFlow
    {
        private const int Repetitions = 3;

        private readonly Random _random;
        private readonly int _seed;
        private readonly List<string> _leaves = [];
        private int _names;

        public RandomFlow(int seed)
        {
            _seed = seed;
            _random = new Random(seed);
            Definition = $$"""{"triggers":{"manual":{"type":"Request","kind":"Http"} },"actions":{{Actions(3)}} }""";
        }

        public string Definition { get; }

        public string Mocks(bool waits)
        {
            var random = new Random(_seed);
            var entries = new List<string>();
            foreach (var leaf in _leaves)
            {
                for (var repetition = 0; repetition < Repetitions; repetition++) entries.Add(Entry(leaf, $"\"repetition\":{repetition},"));
                entries.Add(Entry(leaf, string.Empty));
            }

            return $"[{string.Join(',', entries)}]";

            string Entry(string leaf, string repetition)
            {
                var status = random.Next(10) < 6 ? "Succeeded" : "Failed";
                var delay = random.Next(30);
                var wait = waits && delay > 0 ? $",\"delay\":\"PT{delay}S\"" : string.Empty;
                return $$"""{"action":"{{leaf}}",{{repetition}}"respond":{"status":"{{status}}"{{wait}} } }""";
            }
        }

        private string Actions(int depth)
        {
            var actions = new List<string>();
            var siblings = new List<string>();
            for (var count = _random.Next(1, 5); count > 0; count--)
            {
                var name = $"a{++_names}";
                actions.Add($"\"{name}\":{{{Members(name, depth)},\"runAfter\":{RunAfter(siblings)}}}");
                siblings.Add(name);
            }

            return $"{{{string.Join(',', actions)}}}";
        }

        private string Members(string name, int depth)
        {
            if (depth == 0 || _random.Next(10) < 6)
            {
                _leaves.Add(name);
                return "\"type\":\"Compose\",\"inputs\":1";
            }

            return _random.Next(4) switch
            {
                0 => $"\"type\":\"Scope\",\"actions\":{Actions(depth - 1)}",
                1 => $"\"type\":\"If\",\"expression\":\"@equals({_random.Next(2)},1)\",\"actions\":{Actions(depth - 1)},\"else\":{{\"actions\":{Actions(depth - 1)}}}",
                2 => $"\"type\":\"Foreach\",\"foreach\":[{string.Join(',', Enumerable.Range(0, _random.Next(Repetitions + 1)))}],\"actions\":{Actions(depth - 1)}",
                _ => $"\"type\":\"Until\",\"expression\":\"@false\",\"limit\":{{\"count\":{_random.Next(1, Repetitions + 1)}}},\"actions\":{Actions(depth - 1)}",
            };
        }

        private string RunAfter(List<string> siblings)
        {
            if (siblings.Count == 0 || _random.Next(10) < 3) return "{}";
            var predecessors = siblings.OrderBy(_ => _random.Next()).Take(_random.Next(1, 3)).ToList();
            return $"{{{string.Join(',', predecessors.Select(name => $"\"{name}\":[{string.Join(',', Statuses.OrderBy(_ => _random.Next()).Take(_random.Next(1, 4)).Select(status => $"\"{status}\""))}]"))}}}";
        }
    }
}
