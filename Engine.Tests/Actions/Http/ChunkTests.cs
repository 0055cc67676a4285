using System.Net;
using System.Net.Http.Headers;
using System.Text;
using FlowEngine.Actions;

namespace FlowEngine.Tests;

/// <summary>Runtime reference, 3.14: chunking.</summary>
[Parallelizable(ParallelScope.All)]
internal sealed class ChunkTests
{
    private const string Upload = """{"method":"PUT","uri":"https://api.test/files","body":"0123456789","retryPolicy":{"type":"none"}}""";

    [TestCase("", 4, "0-3/10 4-7/10 8-9/10")]
    [TestCase(",\"uploadChunkSize\":6", null, "0-5/10 6-9/10")]
    [TestCase(",\"uploadChunkSize\":6", 4, "0-3/10 4-7/10 8-9/10")]
    [TestCase("", null, "0-9/10")]
    public async Task A_body_goes_in_chunks_of_the_size_that_both_sides_take(string size, int? suggested, string ranges)
    {
        var server = new UploadServer(suggested);
        using var bench = new HttpBench(server);

        var outcome = await bench.RunAsync(Upload, Chunked(size));

        Assert.That(outcome.Outputs["body"].AsStringOrNull, Is.EqualTo("stored"), outcome.Error?.Message);
        Assert.That(server.Stored.ToString(), Is.EqualTo("0123456789"));
        Assert.That(server.Announced, Is.EqualTo("PUT chunked 10 0"));
        Assert.That(string.Join(' ', server.Ranges), Is.EqualTo(ranges));
    }

    [Test]
    public async Task What_the_server_did_not_take_is_sent_again_and_one_that_takes_nothing_fails_the_action()
    {
        var server = new UploadServer(4) { TakesAtMost = 3 };
        using var bench = new HttpBench(server);

        var outcome = await bench.RunAsync(Upload, Chunked(""));

        Assert.That(string.Join(' ', server.Ranges), Is.EqualTo("0-3/10 3-6/10"));
        Assert.That(outcome.Error!.Message, Does.Contain("from 3 on"));
    }

    [Test]
    public async Task A_server_that_names_no_place_for_the_chunks_fails_the_action()
    {
        using var bench = new HttpBench("""[{"respond":{}}]""");

        var outcome = await bench.RunAsync(Upload, Chunked(""));

        Assert.That(outcome.Error!.Code, Is.EqualTo("InvalidContentTransferConfiguration"));
    }

    [Test]
    public async Task A_chunk_that_is_refused_is_the_outcome()
    {
        using var bench = new HttpBench("""[{"match":{"method":"PUT"},"respond":{"headers":{"Location":"/up","x-ms-chunk-size":"4"}}},{"match":{"method":"PATCH"},"respond":[{},{"status":413}]}]""");

        var outcome = await bench.RunAsync(Upload, Chunked(""));

        Assert.That((outcome.Status, outcome.Code), Is.EqualTo((ActionStatus.Failed, "RequestEntityTooLarge")));
        Assert.That(bench.Requests, Has.Count.EqualTo(3));
    }

    [TestCase("", 4, "- 4-7 8-9")]
    [TestCase(",\"downloadChunkSize\":6", 6, "0-5 6-9")]
    public async Task A_partial_answer_is_completed(string size, int first, string ranges)
    {
        var server = new DownloadServer("0123456789", first);
        using var bench = new HttpBench(server);

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"https://api.test/files"}""", Chunked(size));

        Assert.That(outcome.Outputs["body"].AsStringOrNull, Is.EqualTo("0123456789"), outcome.Error?.Message);
        Assert.That((outcome.Code, outcome.Outputs["statusCode"].AsInteger), Is.EqualTo(("OK", 200)));
        Assert.That(outcome.Outputs["headers"]["Content-Length"].AsString, Is.EqualTo("10"));
        Assert.That(outcome.Outputs["headers"]["Content-Range"].IsNull, Is.True);
        Assert.That(string.Join(' ', server.Ranges), Is.EqualTo(ranges));
    }

    [Test]
    public async Task Content_that_changes_on_the_way_is_taken_anew()
    {
        using var bench = new HttpBench("""
            [{"match":{"headers":{"Range":"bytes=4-7","If-Range":"\"v1\""}},"respond":{"body":"all new"}},
             {"respond":{"status":206,"headers":{"Content-Range":"bytes 0-3/10","ETag":"\"v1\"","Content-Type":"text/plain"},"body":"0123"}}]
            """);

        Assert.That((await bench.RunAsync("""{"method":"GET","uri":"https://api.test/files"}""", Chunked(""))).Outputs["body"].AsStringOrNull, Is.EqualTo("all new"));
    }

    [TestCase("bytes 0-3/*")]
    [TestCase("bytes 5-8/10")]
    [TestCase("lines 0-3/10")]
    [TestCase("bytes 0-3/2000000000")]
    public async Task A_partial_answer_that_can_not_be_completed_fails_the_action(string range)
    {
        using var bench = new HttpBench($$"""[{"respond":{"status":206,"headers":{"Content-Range":"{{range}}"},"body":"0123"} }]""");

        Assert.That((await bench.RunAsync("""{"method":"GET","uri":"https://api.test/files"}""", Chunked(""))).Error!.Code, Is.EqualTo("InvalidPartialContent"));
    }

    [Test]
    public async Task A_host_may_allow_less_content()
    {
        using var bench = new HttpBench(new DownloadServer("0123456789", 4)) { Outbound = new OutboundState(new HttpOptions { MaxContentBytes = 9 }) };

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"https://api.test/files"}""", Chunked(""));

        Assert.That(outcome.Error!.Message, Does.Contain("10 bytes").And.Contain("9 are allowed"));
        Assert.That(bench.Requests, Has.Count.EqualTo(1));
    }

    [Test]
    public async Task A_server_that_gives_single_bytes_is_left_in_the_end()
    {
        using var bench = new HttpBench(new DownloadServer(new string('x', 20_000), 1));

        var outcome = await bench.RunAsync("""{"method":"GET","uri":"https://api.test/files"}""", Chunked(""));

        Assert.That(outcome.Error!.Code, Is.EqualTo("InvalidPartialContent"));
        Assert.That(bench.Requests, Has.Count.LessThan(20_000));
    }

    [Test]
    public async Task The_result_of_an_accepted_operation_is_completed_where_it_is()
    {
        using var bench = new HttpBench("""
            [{"match":{"method":"POST","uri":"https://api.test/start"},"respond":{"status":202,"headers":{"Location":"https://api.test/result"}}},
             {"match":{"method":"GET","uri":"https://api.test/result","headers":{"Range":"bytes=4-7"}},"respond":{"status":206,"headers":{"Content-Range":"bytes 4-7/8","Content-Type":"text/plain"},"body":"4567"}},
             {"match":{"method":"GET","uri":"https://api.test/result"},"respond":{"status":206,"headers":{"Content-Range":"bytes 0-3/8","Content-Type":"text/plain"},"body":"0123"}}]
            """);

        var outcome = await bench.RunAsync("""{"method":"POST","uri":"https://api.test/start"}""", Chunked(""));

        Assert.That(outcome.Outputs["body"].AsStringOrNull, Is.EqualTo("01234567"), outcome.Error?.Message);
    }

    [Test]
    public async Task Without_the_setting_a_partial_answer_is_the_answer()
    {
        using var bench = new HttpBench("""[{"respond":{"status":206,"headers":{"Content-Range":"bytes 0-3/10"},"body":"0123"}}]""");

        Assert.That((await bench.RunAsync("""{"method":"GET","uri":"https://api.test/files"}""")).Code, Is.EqualTo("PartialContent"));
    }

    private static string Chunked(string members) => $$"""{"runtimeConfiguration":{"contentTransfer":{"transferMode":"Chunked"{{members}} } } }""";

    private sealed class UploadServer(int? suggested) : HttpMessageHandler
    {
        public string? Announced { get; private set; }

        public List<string> Ranges { get; } = [];

        public StringBuilder Stored { get; } = new();

        public int? TakesAtMost { get; init; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
            if (request.Method != HttpMethod.Patch)
            {
                Announced = $"{request.Method} {Header(request, "x-ms-transfer-mode")} {Header(request, "x-ms-content-length")} {body.Length}";
                var accepted = new HttpResponseMessage();
                accepted.Headers.Location = new Uri("https://api.test/files/upload-1");
                if (suggested is { } size) accepted.Headers.Add("x-ms-chunk-size", size.ToString(System.Globalization.CultureInfo.InvariantCulture));
                return accepted;
            }

            Assert.That(request.RequestUri, Is.EqualTo(new Uri("https://api.test/files/upload-1")));
            var range = request.Content!.Headers.ContentRange!;
            Ranges.Add($"{range.From}-{range.To}/{range.Length}");
            Stored.Append(body);
            var taken = new HttpResponseMessage { Content = new StringContent("stored") };
            if (TakesAtMost is { } all) HeaderGuard.Add(taken.Headers, null, "Range", $"bytes=0-{all - 1}");
            return taken;
        }

        private static string Header(HttpRequestMessage request, string name) => request.Headers.TryGetValues(name, out var values) ? string.Join(',', values) : "-";
    }

    private sealed class DownloadServer(string content, int first) : HttpMessageHandler
    {
        public List<string> Ranges { get; } = [];

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var asked = request.Headers.Range?.Ranges.Single();
            Ranges.Add(asked is null ? "-" : $"{asked.From}-{asked.To}");
            var from = (int)(asked?.From ?? 0);
            var to = (int)(asked?.To ?? first - 1);
            var response = new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new StringContent(content[from..(to + 1)]) };
            response.Content.Headers.ContentRange = new ContentRangeHeaderValue(from, to, content.Length);
            return Task.FromResult(response);
        }
    }
}
