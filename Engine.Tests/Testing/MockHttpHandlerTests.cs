using System.Text;
using FlowEngine.Actions;
using FlowEngine.Testing;

namespace FlowEngine.Tests;

/// <summary>The rules of the mocks format (documentation of the command line and test kit, 2.2).</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class MockHttpHandlerTests
{
    [TestCase("*", "https://api.example/a?b=1", true)]
    [TestCase("https://api.example/a", "https://api.example/a?b=1", true)]
    [TestCase("https://api.example/a", "https://api.example/a", true)]
    [TestCase("https://api.example/a?b=1", "https://api.example/a?b=1", true)]
    [TestCase("https://api.example/a?b=1", "https://api.example/a", false)]
    [TestCase("https://api.example/a?b=*", "https://api.example/a?b=7&c=8", true)]
    [TestCase("https://api.example/a?b=1", "https://api.example/a?b=12", false)]
    [TestCase("https://api.example/rates/*", "https://api.example/rates/EUR/today?x=1", true)]
    [TestCase("https://api.example/rates/*", "https://api.example/rates", false)]
    [TestCase("*/items/*/lines", "https://api.example/items/7/lines?x=1", true)]
    [TestCase("https://*.example/a", "https://api.example/a", true)]
    [TestCase("HTTPS://API.example/a", "https://api.example/a", true)]
    [TestCase("https://*.EXAMPLE/a", "https://api.example/a", true)]
    [TestCase("https://api.example/A", "https://api.example/a", false)]
    [TestCase("https://api.example:443/a", "https://api.example/a", true)]
    [TestCase("https://api.example", "https://api.example/", true)]
    [TestCase("https://api.example/a b", "https://api.example/a%20b", true)]
    [TestCase("https://api.example/a.b", "https://api.example/axb", false)]
    public async Task A_uri_is_compared_with_stars(string pattern, string uri, bool fits) => Assert.That(
        await FitsAsync($$"""{"uri":"{{pattern}}" }""", new HttpRequestMessage(HttpMethod.Get, uri)), Is.EqualTo(fits));

    [TestCase("get", true)]
    [TestCase("GET", true)]
    [TestCase("POST", false)]
    public async Task Methods_ignore_case(string method, bool fits) => Assert.That(
        await FitsAsync($$"""{"method":"{{method}}" }""", new HttpRequestMessage(HttpMethod.Get, "https://a.example")), Is.EqualTo(fits));

    [TestCase("authorization", "Bearer *", true)]
    [TestCase("Authorization", "bearer *", false)]
    [TestCase("Content-Type", "text/plain*", true)]
    [TestCase("X-Missing", "*", false)]
    public async Task Header_names_ignore_case_and_values_may_have_stars(string name, string value, bool fits)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "https://a.example") { Content = new StringContent("x") };
        request.Headers.Add("Authorization", "Bearer abc");

        Assert.That(await FitsAsync("{\"headers\":{\"" + name + "\":\"" + value + "\"}}", request), Is.EqualTo(fits));
    }

    [TestCase("""{"id":7}""", """{"id":7,"name":"x"}""", true)]
    [TestCase("""{"id":7.0}""", """{"id":7}""", true)]
    [TestCase("""{"id":"7"}""", """{"id":7}""", false)]
    [TestCase("""{"a":{"b":1}}""", """{"a":{"b":1,"c":2},"d":3}""", true)]
    [TestCase("""{"a":null}""", """{"a":null}""", true)]
    [TestCase("""{"a":null}""", """{}""", false)]
    [TestCase("""{"A":1}""", """{"a":1}""", false)]
    [TestCase("""[{"a":1},2]""", """[{"a":1,"b":2},2]""", true)]
    [TestCase("""[1]""", """[1,2]""", false)]
    [TestCase("""{"name":"A*"}""", """{"name":"Anna"}""", true)]
    [TestCase("\"*plain*\"", "some plain text", true)]
    [TestCase("\"plain\"", "plain text", false)]
    [TestCase("""{"id":7}""", "no json", false)]
    [TestCase("42", "42", true)]
    public async Task Bodies_are_compared_as_subsets(string pattern, string body, bool fits) => Assert.That(
        await FitsAsync("{\"body\":" + pattern + "}", new HttpRequestMessage(HttpMethod.Post, "https://a.example") { Content = new StringContent(body) }), Is.EqualTo(fits));

    [Test]
    public async Task The_first_entry_that_fits_answers()
    {
        using var client = Client("""[{"match":{"method":"POST"},"respond":{"status":201}},{"respond":{"status":202}},{"respond":{"status":203}}]""");

        Assert.That((int)(await SendAsync(client, "https://a.example")).StatusCode, Is.EqualTo(202));
    }

    [Test]
    public async Task Responses_are_used_in_turn_and_the_last_one_repeats()
    {
        using var client = Client("""[{"respond":[{"status":500},{"status":501},{"status":200}]}]""");
        var statuses = new List<int>();
        for (var i = 0; i < 5; i++) statuses.Add((int)(await SendAsync(client, "https://a.example")).StatusCode);

        Assert.That(statuses, Is.EqualTo(new[] { 500, 501, 200, 200, 200 }));
    }

    [TestCase("""{"body":"text"}""", "text", "text/plain; charset=utf-8")]
    [TestCase("""{"body":{"a": 1}}""", "{\"a\":1}", "application/json; charset=utf-8")]
    [TestCase("""{"body":null}""", "null", "application/json; charset=utf-8")]
    [TestCase("""{"body":"{}","headers":{"content-type":"application/json"}}""", "{}", "application/json")]
    [TestCase("""{"body":"text","headers":{"Content-Type":null}}""", "text", null)]
    [TestCase("""{"body":"text","headers":{"Content-Length":"99"}}""", "text", "text/plain; charset=utf-8")]
    [TestCase("{}", "", null)]
    public async Task A_body_gets_the_type_of_its_kind(string response, string body, string? contentType)
    {
        using var client = Client("[{\"respond\":" + response + "}]");

        var answer = await SendAsync(client, "https://a.example");

        Assert.That(await answer.Content.ReadAsStringAsync(), Is.EqualTo(body));
        Assert.That(answer.Content.Headers.ContentType?.ToString(), Is.EqualTo(contentType));
        Assert.That(answer.Content.Headers.ContentLength, Is.EqualTo(Encoding.UTF8.GetByteCount(body)));
    }

    [Test]
    public void A_request_that_no_entry_fits_names_the_nearest_and_what_differs()
    {
        using var client = Client("""
            [{"match":{"method":"GET","uri":"https://other.example/"},"respond":{}},
             {"match":{"method":"POST","uri":"https://api.example/orders","headers":{"X-Key":"a*","Authorization":"Bearer b","X-Gone":"*"},"body":{"id":7,"lines":[{"qty":1}]}},"respond":{}}]
            """);
        var request = new HttpRequestMessage(HttpMethod.Post, "https://api.example/orders") { Content = new StringContent("""{"lines":[{"qty":2}]}""") };
        request.Headers.Add("X-Key", "b");
        request.Headers.Add("Authorization", "Bearer s3cr3t");

        var refused = Assert.ThrowsAsync<RequestRefusedException>(() => client.SendAsync(request, default));

        Assert.That(refused!.Code, Is.EqualTo("MockNotFound"));
        Assert.That(refused.Message, Is.EqualTo(
            "No mock answers POST https://api.example/orders. The nearest is POST https://api.example/orders: the header 'X-Key' is 'b', not 'a*'; "
            + "the header 'Authorization' differs; the header 'X-Gone' is missing; the body has no 'id'; the body at 'lines[0].qty' is 2, not 1."));
    }

    [Test]
    public void Without_entries_the_message_says_so()
    {
        using var client = Client("[]");

        Assert.That(
            () => SendAsync(client, "https://a.example"),
            Throws.TypeOf<RequestRefusedException>().With.Message.EqualTo("No mock answers GET https://a.example/. There are no mocks of HTTP requests."));
    }

    private static async Task<bool> FitsAsync(string match, HttpRequestMessage request)
    {
        using var client = Client("[{\"match\":" + match + ",\"respond\":{}}]");
        try
        {
            await client.SendAsync(request, default);
            return true;
        }
        catch (RequestRefusedException)
        {
            return false;
        }
    }

    private static HttpMessageInvoker Client(string mocks) => new(new MockHttpHandler(MockSet.Parse(mocks)));

    private static Task<HttpResponseMessage> SendAsync(HttpMessageInvoker client, string uri) =>
        client.SendAsync(new HttpRequestMessage(HttpMethod.Get, uri), default);
}
