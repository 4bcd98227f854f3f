package costlake.lake;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Content hashes of the tables of a publication, in one file. Entries of the journal name the file
 * for each table. A file that is lost or damaged costs time only: its hashes are computed again.
 */
final class HashFiles {
  private static final TypeReference<Map<String, PartitionHashes>> CONTENT =
      new TypeReference<>() {};

  private final ChecksumFiles files;
  private final Map<String, Map<String, PartitionHashes>> known = new ConcurrentHashMap<>();

  HashFiles(Path folder) {
    this.files = new ChecksumFiles(folder);
  }

  /** Writes the hashes of tables and gives the name of the file. */
  String keep(Map<TableName, PartitionHashes> tables) {
    Map<String, PartitionHashes> byName = new TreeMap<>();
    tables.forEach((table, hashes) -> byName.put(table.toString(), hashes));
    return files.keep(byName);
  }

  /** The hashes of a table, by the name of the file. */
  PartitionHashes read(String name, TableName table) {
    return known
        .computeIfAbsent(name, this::load)
        .getOrDefault(table.toString(), PartitionHashes.NONE);
  }

  private Map<String, PartitionHashes> load(String name) {
    try {
      return JournalFiles.JSON.readValue(files.file(name).toFile(), CONTENT);
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** Removes the files that no publication names. */
  void keepOnly(Set<String> names) {
    files.keepOnly(names);
  }
}
