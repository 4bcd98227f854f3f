package costlake.serve;

import java.util.Set;
import org.apache.spark.rdd.RDD;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SQLContext;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.V1Scan;
import org.apache.spark.sql.sources.BaseRelation;
import org.apache.spark.sql.sources.TableScan;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * The rows of a table that a scope may see. A separate plan has already filtered them. The scan
 * accepts no predicate: no expression of a query is evaluated on a row of another team, even if the
 * optimizer moves the expression.
 */
@SuppressWarnings("deprecation")
final class SecuredTable implements SupportsRead {
  private final String name;
  private final StructType schema;
  private final RDD<InternalRow> rows;

  SecuredTable(String name, StructType schema, RDD<InternalRow> rows) {
    this.name = name;
    this.schema = schema;
    this.rows = rows;
  }

  @Override
  public String name() {
    return SecuredCatalog.NAME + "." + name;
  }

  @Override
  public StructType schema() {
    return schema;
  }

  @Override
  public Set<TableCapability> capabilities() {
    return Set.of(TableCapability.BATCH_READ);
  }

  @Override
  public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
    return VisibleRows::new;
  }

  void release() {
    rows.unpersist(false);
  }

  /** The scan that Spark plans for the table. */
  private final class VisibleRows implements V1Scan {
    @Override
    public StructType readSchema() {
      return schema;
    }

    @Override
    public String description() {
      return name();
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    public <T extends BaseRelation & TableScan> T toV1TableScan(SQLContext context) {
      return (T) new Relation(context);
    }
  }

  /** Gives the rows to the scan. */
  private final class Relation extends BaseRelation implements TableScan {
    private final SQLContext context;

    Relation(SQLContext context) {
      this.context = context;
    }

    @Override
    public SQLContext sqlContext() {
      return context;
    }

    @Override
    public StructType schema() {
      return schema;
    }

    @Override
    public boolean needConversion() {
      return false;
    }

    @Override
    @SuppressWarnings("unchecked")
    public RDD<Row> buildScan() {
      return (RDD<Row>) (RDD<?>) rows;
    }
  }
}
