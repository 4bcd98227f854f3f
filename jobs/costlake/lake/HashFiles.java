package costlake.lake;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Files of content hashes, one for each publication. The journal names the file of each table. If a
 * file is lost or damaged, the night computes the hashes again from the published tables.
 */
final class HashFiles {
  private static final TypeReference<Map<String, PartitionHashes>> CONTENT =
      new TypeReference<>() {};

  private final ChecksumFiles files;
  private final Map<String, Map<String, PartitionHashes>> known = new ConcurrentHashMap<>();

  HashFiles(Path folder) {
    this.files = new ChecksumFiles(folder);
  }

  /** Writes the hashes of tables and returns the name of the file. */
  String keep(Map<TableName, PartitionHashes> tables) {
    Map<String, PartitionHashes> byName = new TreeMap<>();
    tables.forEach((table, hashes) -> byName.put(table.toString(), hashes));
    return files.keep(byName);
  }

  /** Reads the hashes of a table from the file with this name. */
  PartitionHashes read(String name, TableName table) {
    return known
        .computeIfAbsent(name, this::load)
        .getOrDefault(table.toString(), PartitionHashes.NONE);
  }

  private Map<String, PartitionHashes> load(String name) {
    try {
      return JournalFiles.JSON.readValue(files.read(name), CONTENT);
    } catch (IOException e) {
      return Map.of();
    }
  }

  /** Removes the files that no publication names. */
  void keepOnly(Set<String> names) {
    files.keepOnly(names);
  }
}
