package costlake.config;

import costlake.core.Message;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where the tables are and which format they have. */
public record LakeConfig(
    @Required @Description("Table format: iceberg or delta.") Format format,
    @Required
        @Description(
            "Folder of the lake. It contains the journal, the locks and the pinned"
                + " deliveries, and the tables unless lake.catalog.warehouse is set. On one"
                + " machine, use a local disk. On a Spark cluster, use a file system that all"
                + " machines mount, and run every command on the same machine, because the lock"
                + " may not work across machines. Relative paths start at the folder of the"
                + " configuration.")
        String root,
    @Required
        @Description(
            "Delivered columns in the map x_SourceColumns of each charge. unlisted: those that"
                + " Costlake does not know, and amounts that a FOCUS column does not show; all:"
                + " every column, which takes about as much time and space as all other columns"
                + " together.")
        NativeColumns nativeColumns,
    @Required @Description("The Iceberg catalog; not used with Delta.") Catalog catalog) {

  public LakeConfig {
    if (root.contains("://")) {
      throw new IllegalArgumentException(
          Message.of(
              """
              root '%s' must be a folder on a disk: the journal needs atomic renames and file locks.
              On Iceberg the tables may be on an object store: set catalog.warehouse
              """,
              root));
    }
  }

  LakeConfig at(Path folder) {
    return new LakeConfig(format, folder.toString(), nativeColumns, catalog);
  }

  /** Returns the address of the Iceberg tables; null if the catalog chooses the address. */
  public @Nullable String tables() {
    return catalog.warehouse() == null && catalog.type() == CatalogType.JDBC
        ? "file://" + Path.of(root, "warehouse")
        : catalog.warehouse();
  }

  /** Table format. */
  public enum Format {
    ICEBERG,
    DELTA
  }

  /** The delivered columns that each charge keeps under their native names. */
  public enum NativeColumns {
    /** Columns that the kind of source does not list, and amounts that no FOCUS column shows. */
    UNLISTED,
    /** All columns. */
    ALL
  }

  /** An Iceberg catalog. */
  public record Catalog(
      @Required @Description("Name of the catalog in SQL.") String name,
      @Required @Description("Iceberg catalog type.") CatalogType type,
      @Description(
              "Address of the catalog. Empty with type jdbc: an SQLite file in the root"
                  + " folder.")
          @Nullable String uri,
      @Description(
              "Folder or s3://bucket/prefix of the tables; with rest, the name of the"
                  + " warehouse on the server. Empty: the folder warehouse below root; with rest,"
                  + " the server chooses.")
          @Nullable String warehouse,
      @Description("Further properties, passed to Iceberg unchanged.")
          Map<String, String> properties) {
    public Catalog {
      properties = Map.copyOf(properties);
      if (type == CatalogType.REST && uri == null) {
        throw new IllegalArgumentException("type rest needs uri (the address of the catalog)");
      }
      if (type == CatalogType.GLUE && warehouse == null) {
        throw new IllegalArgumentException("type glue needs warehouse (s3://bucket/prefix)");
      }
    }

    /** Whether the catalog is an SQLite file in the root folder. */
    public boolean isEmbedded() {
      return type == CatalogType.JDBC && uri == null;
    }
  }

  /** Kind of an Iceberg catalog. */
  public enum CatalogType {
    JDBC,
    REST,
    GLUE
  }
}
