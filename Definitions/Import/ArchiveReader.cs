using System.Buffers.Binary;
using System.Collections.ObjectModel;
using System.IO.Compression;

namespace FlowEngine.Definitions;

/// <summary>Reads archives in memory: nothing is ever extracted. Archives inside are opened one level deep, within the same limits.</summary>
internal sealed class ArchiveReader(ArchiveLimits limits)
{
    private const int RatioCountsFrom = 1024 * 1024;
    private const int UnixTypeMask = 0xF000;
    private const int UnixLink = 0xA000;
    private const int EndRecordLength = 22;

    private readonly Dictionary<string, string> _names = new(StringComparer.OrdinalIgnoreCase);
    private long _bytes;
    private int _entries;

    /// <summary>The files of an archive and of the archives in it.</summary>
    /// <param name="bytes">The archive.</param>
    /// <param name="location">How diagnostics call it.</param>
    /// <exception cref="PackageFault">It is damaged, or holds what is not read.</exception>
    public PackageFiles Read(byte[] bytes, string location)
    {
        var files = new List<PackageFile>();
        Add(bytes, location, string.Empty, isInside: false, files);
        return new PackageFiles(files);
    }

    private void Add(byte[] bytes, string location, string prefix, bool isInside, List<PackageFile> files)
    {
        // The directory is read as a whole: what it announces is checked before.
        if (Announced(bytes) > limits.MaximumEntries) throw TooMany(location);
        foreach (var entry in Entries(bytes, location))
        {
            if (++_entries > limits.MaximumEntries) throw TooMany(location);
            var name = CheckName(entry, location);
            if (name.EndsWith('/')) continue;
            var full = prefix + name;
            if (!_names.TryAdd(full, full)) throw new PackageFault(DiagnosticCodes.ArchiveDuplicate, $"The archive holds '{full}' twice, or in two spellings.", location);
            var content = new Lazy<byte[]>(() => Unpack(entry, $"{location}!/{name}"));
            if (!isInside && name.EndsWith(".zip", StringComparison.OrdinalIgnoreCase)) Add(content.Value, $"{location}!/{name}", full + "!/", isInside: true, files);
            else files.Add(new PackageFile(full, $"{location}!/{name}", () => content.Value));
        }
    }

    private static ReadOnlyCollection<ZipArchiveEntry> Entries(byte[] bytes, string location)
    {
        try
        {
            return new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read).Entries;
        }
        catch (Exception e) when (e is InvalidDataException or IOException or ArgumentException or NotSupportedException)
        {
            throw Damaged(location);
        }
    }

    // The number of entries in the record at the end of the archive; 0 where there is none, which the reader reports.
    private static int Announced(byte[] bytes)
    {
        for (var at = bytes.Length - EndRecordLength; at >= 0 && at >= bytes.Length - EndRecordLength - ushort.MaxValue; at--)
        {
            if (bytes[at] == 'P' && bytes[at + 1] == 'K' && bytes[at + 2] == 5 && bytes[at + 3] == 6) return BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at + 10));
        }

        return 0;
    }

    // Old tools write '\' between folders: those are read as '/', and checked as such.
    private static string CheckName(ZipArchiveEntry entry, string location)
    {
        var name = entry.FullName.Replace('\\', '/');
        var segments = name.Split('/');
        var isWrong = name.Length == 0 || name[0] == '/' || name.AsSpan().ContainsAnyInRange('\0', '\u001f') || segments.Contains("..") || segments.Contains(".")
            || name.Contains(':', StringComparison.Ordinal) || segments.SkipLast(1).Any(string.IsNullOrEmpty);
        if (isWrong) throw new PackageFault(DiagnosticCodes.ArchiveEntryName, $"The archive has an entry that leaves its folder or has no proper path: '{entry.FullName}'.", location);
        if (((entry.ExternalAttributes >> 16) & UnixTypeMask) == UnixLink) throw new PackageFault(DiagnosticCodes.ArchiveLink, $"The archive's entry '{name}' is a link; links are not followed.", location);
        return name;
    }

    private byte[] Unpack(ZipArchiveEntry entry, string location)
    {
        if (entry.IsEncrypted) throw new PackageFault(DiagnosticCodes.ArchiveEncrypted, "The archive's entry is encrypted; export it without a password.", location);
        try
        {
            using var stream = entry.Open();
            using var content = new MemoryStream();
            var buffer = new byte[81_920];
            for (var read = stream.Read(buffer); read > 0; read = stream.Read(buffer))
            {
                content.Write(buffer, 0, read);
                _bytes += read;
                if (_bytes > limits.MaximumBytes) throw new PackageFault(DiagnosticCodes.ArchiveTooLarge, $"The archive unfolds to more than {limits.MaximumBytes:N0} bytes.", location);
                if (content.Length >= RatioCountsFrom && content.Length > Math.Max(1, entry.CompressedLength) * limits.MaximumRatio)
                    throw new PackageFault(DiagnosticCodes.ArchiveRatio, $"The archive's entry unfolds to more than {limits.MaximumRatio} times its size.", location);
            }

            return content.ToArray();
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException)
        {
            throw Damaged(location);
        }
    }

    private PackageFault TooMany(string location) => new(DiagnosticCodes.ArchiveTooManyEntries, $"The archive has more than {limits.MaximumEntries:N0} entries.", location);

    private static PackageFault Damaged(string location) => new(DiagnosticCodes.ArchiveDamaged, "The archive is damaged or of a kind that is not read.", location);
}
