using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>Runtime reference, 3.14: pagination.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class HttpPageTests
{
    private const string Inputs = """{"method":"GET","uri":"https://api.test/items","headers":{"X-Own":"v"}}""";

    private const string Pages = """
        [{"match":{"uri":"https://api.test/items?page=2","headers":{"X-Own":"v"}},"respond":{"body":{"value":[3,4],"nextLink":"?page=3"}}},
         {"match":{"uri":"https://api.test/items?page=3"},"respond":{"body":{"value":[5]}}},
         {"match":{"uri":"https://api.test/items","headers":{"X-Own":"v"}},"respond":{"body":{"@odata.context":"c","value":[1,2],"@odata.nextLink":"https://api.test/items?page=2"}}}]
        """;

    [TestCase("1", "[1,2]", 1)]
    [TestCase("2", "[1,2]", 1)]
    [TestCase("3", "[1,2,3,4]", 2)]
    [TestCase("\"4\"", "[1,2,3,4]", 2)]
    [TestCase("100", "[1,2,3,4,5]", 3)]
    public async Task Pages_are_asked_for_until_there_are_enough_items_and_kept_whole(string minimum, string items, int requests)
    {
        using var bench = new HttpBench(Pages);

        var outcome = await bench.RunAsync(Inputs, Policy(minimum));

        Assert.That(outcome.Outputs["body"].ToJson(), Is.EqualTo($$"""{"value":{{items}}}"""), outcome.Error?.Message);
        Assert.That(bench.Requests, Has.Count.EqualTo(requests));
    }

    [Test]
    public async Task Pages_behind_a_POST_are_asked_for_by_GET_without_its_body()
    {
        using var bench = new HttpBench("""
            [{"match":{"method":"GET","uri":"https://api.test/items?page=2","headers":{"X-Own":"v"}},"respond":{"body":{"value":[2]}}},
             {"match":{"method":"POST","uri":"https://api.test/search","body":{"q":1}},"respond":{"body":{"value":[1],"nextLink":"https://api.test/items?page=2"}}}]
            """);

        var outcome = await bench.RunAsync("""{"method":"POST","uri":"https://api.test/search","headers":{"X-Own":"v","Content-Type":"application/json"},"body":{"q":1}}""", Policy("10"));

        Assert.That(outcome.Outputs["body"].ToJson(), Is.EqualTo("""{"value":[1,2]}"""), outcome.Error?.Message);
        Assert.That(bench.Requests.Select(request => request.Method.Method), Is.EqualTo(new[] { "POST", "GET" }));
    }

    [Test]
    public async Task Without_a_policy_the_first_page_is_all()
    {
        using var bench = new HttpBench(Pages);

        var outcome = await bench.RunAsync(Inputs);

        Assert.That(outcome.Outputs["body"]["@odata.context"].AsStringOrNull, Is.EqualTo("c"));
        Assert.That(bench.Requests, Has.Count.EqualTo(1));
    }

    [TestCase("<https://api.test/items?page=2>; rel=\\\"next\\\", <https://api.test/items?page=9>; rel=\\\"last\\\"")]
    [TestCase("<https://api.test/items?page=9>; rel=last; title=\\\"a, <b>\\\", </items?page=2>; title=t; REL=\\\"x next\\\"")]
    public async Task Links_of_the_header_are_followed_too(string link)
    {
        using var bench = new HttpBench($$"""
            [{"match":{"uri":"https://api.test/items?page=2"},"respond":{"body":["b"]} },
             {"match":{"uri":"https://api.test/items"},"respond":{"headers":{"Link":"{{link}}"},"body":["a"]} }]
            """);

        var outcome = await bench.RunAsync(Inputs, Policy("10"));

        Assert.That(outcome.Outputs["body"].ToJson(), Is.EqualTo("""{"value":["a","b"]}"""), outcome.Error?.Message);
    }

    [Test]
    public async Task Each_page_has_its_retries_and_a_page_that_fails_is_the_outcome()
    {
        using var bench = new HttpBench("""
            [{"match":{"uri":"https://api.test/items?page=2"},"respond":{"status":404,"body":"gone"}},
             {"match":{"uri":"https://api.test/items"},"respond":[{"status":503},{"body":{"value":[1],"nextLink":"https://api.test/items?page=2"}}]}]
            """);

        var outcome = await bench.RunAsync(Inputs, Policy("10"));

        Assert.That((outcome.Status, outcome.Code, outcome.Outputs["body"].AsStringOrNull), Is.EqualTo((ActionStatus.Failed, "NotFound", "gone")));
        Assert.That(bench.Requests.Select(request => request.Attempt), Is.EqualTo(new[] { 1, 2, 1 }));
    }

    [Test]
    public async Task A_link_to_another_origin_is_followed_without_credentials()
    {
        using var bench = new HttpBench("""
            [{"match":{"uri":"https://api.test/items","headers":{"Authorization":"Bearer t"}},"respond":{"body":{"value":[1],"nextLink":"https://elsewhere.test/"}}},
             {"match":{"headers":{"Authorization":"*"}},"respond":{"body":{"value":["leaked"]}}},
             {"match":{"uri":"https://elsewhere.test/"},"respond":{"body":{"value":[2]}}}]
            """);

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"https://api.test/items","authentication":{"type":"Raw","value":"Bearer t"}}""", Policy("10"));

        Assert.That(outcome.Outputs["body"].ToJson(), Is.EqualTo("""{"value":[1,2]}"""));
    }

    [TestCase("Ocp-Apim-Subscription-Key")]
    [TestCase("X-Functions-Key")]
    [TestCase("x-api-key")]
    public async Task Keys_in_headers_stay_with_their_origin_too(string header)
    {
        using var bench = new HttpBench($$"""
            [{"match":{"uri":"https://api.test/items?page=2","headers":{"{{header}}":"k1"} },"respond":{"body":{"value":[2],"nextLink":"https://elsewhere.test/"} } },
             {"match":{"uri":"https://api.test/items","headers":{"{{header}}":"k1"} },"respond":{"body":{"value":[1],"nextLink":"https://api.test/items?page=2"} } },
             {"match":{"headers":{"{{header}}":"*"} },"respond":{"body":{"value":["leaked"]} } },
             {"match":{"uri":"https://elsewhere.test/"},"respond":{"body":{"value":[3]} } }]
            """);

        var outcome = await bench.RunAsync($$"""{"method":"GET","uri":"https://api.test/items","headers":{"{{header}}":"k1"} }""", Policy("10"));

        Assert.That(outcome.Outputs["body"].ToJson(), Is.EqualTo("""{"value":[1,2,3]}"""));
    }

    [Test]
    public async Task Pages_together_have_a_limit_of_bytes()
    {
        using var bench = new HttpBench("""[{"respond":{"body":{"value":["0123456789012345678901234567890123456789"],"nextLink":"https://api.test/items"}}}]""")
        {
            Outbound = new OutboundState(new HttpOptions { MaxContentBytes = 250 }),
        };

        var outcome = await bench.RunAsync(Inputs, Policy("100000"));

        Assert.That(outcome.Error!.Code, Is.EqualTo("MaxContentSizeReached"));
        Assert.That(bench.Requests, Has.Count.EqualTo(3));
    }

    [Test]
    public async Task Pages_of_an_accepted_operation_are_asked_for_where_it_ended()
    {
        using var bench = new HttpBench("""
            [{"match":{"method":"POST","uri":"https://api.test/start"},"respond":{"status":202,"headers":{"Location":"https://api.test/jobs/7/result"}}},
             {"match":{"method":"GET","uri":"https://api.test/jobs/7/result"},"respond":{"body":{"value":[1],"nextLink":"page2"}}},
             {"match":{"method":"GET","uri":"https://api.test/jobs/7/page2"},"respond":{"body":{"value":[2]}}}]
            """);

        var outcome = await bench.RunAsync("""{"method":"POST","uri":"https://api.test/start","body":{"begin":true}}""", Policy("10"));

        Assert.That(outcome.Outputs["body"].ToJson(), Is.EqualTo("""{"value":[1,2]}"""), outcome.Error?.Message);
        Assert.That(bench.Requests.Count(request => request.Method == HttpMethod.Post), Is.EqualTo(1), "it is not begun again");
    }

    [Test]
    public async Task A_server_that_never_ends_is_left_after_a_thousand_pages()
    {
        using var bench = new HttpBench("""[{"respond":{"body":{"value":[1],"nextLink":"https://api.test/items"}}}]""");

        var outcome = await bench.RunAsync(Inputs, Policy("100000"));

        Assert.That(outcome.Error!.Code, Is.EqualTo("MaxRequestCountReached"));
        Assert.That(bench.Requests, Has.Count.EqualTo(1000));
    }

    [TestCase("0", "InvalidPaginationPolicy", 0)]
    [TestCase("100001", "InvalidPaginationPolicy", 0)]
    [TestCase("\"many\"", "InvalidPaginationPolicy", 0)]
    [TestCase("null", "InvalidPaginationPolicy", 0)]
    [TestCase("5", "InvalidPageResponse", 1)]
    public async Task A_count_or_a_page_that_makes_no_sense_fails_the_action(string minimum, string code, int requests)
    {
        using var bench = new HttpBench("""[{"respond":{"body":{"items":[1]}}}]""");

        var outcome = await bench.RunAsync(Inputs, Policy(minimum));

        Assert.That(outcome.Error!.Code, Is.EqualTo(code));
        Assert.That(bench.Requests, Has.Count.EqualTo(requests));
    }

    private static string Policy(string minimum) => $$"""{"runtimeConfiguration":{"paginationPolicy":{"minimumItemCount":{{minimum}} } } }""";
}
