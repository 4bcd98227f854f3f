package costlake.config;

import java.util.Map;

/** Where the tables are and how they are written. */
public record LakeConfig(
    @Required @Doc("Table format: iceberg or delta.") Format format,
    @Required
        @Doc(
            "Folder or object-store address of the lake: tables, journal and pinned deliveries. Relative paths start at"
                + " the folder of the configuration.")
        String root,
    @Required @Doc("Who writes the data files: spark or comet.") Writer writer,
    @Required @Doc("The Iceberg catalog; not used on Delta.") Catalog catalog) {

  /** Table format. */
  public enum Format {
    ICEBERG,
    DELTA
  }

  /** Writer of data files. */
  public enum Writer {
    SPARK,
    COMET
  }

  /** An Iceberg catalog. */
  public record Catalog(
      @Required @Doc("Name of the catalog in SQL.") String name,
      @Required @Doc("Iceberg catalog type: jdbc, rest, glue, hive.") String type,
      @Doc("Address of the catalog; empty means the embedded SQLite file below the root.")
          String uri,
      @Doc("Where tables are stored; empty means the folder warehouse below the root.")
          String warehouse,
      @Doc("Further properties, handed to Iceberg as they are.") Map<String, String> properties) {
    public Catalog {
      properties = Map.copyOf(properties);
    }
  }
}
