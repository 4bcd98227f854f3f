package costlake.land.read;

import java.io.File;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.connector.catalog.SupportsRead;
import org.apache.spark.sql.connector.catalog.Table;
import org.apache.spark.sql.connector.catalog.TableCapability;
import org.apache.spark.sql.connector.catalog.TableProvider;
import org.apache.spark.sql.connector.expressions.Transform;
import org.apache.spark.sql.connector.read.Batch;
import org.apache.spark.sql.connector.read.InputPartition;
import org.apache.spark.sql.connector.read.PartitionReader;
import org.apache.spark.sql.connector.read.PartitionReaderFactory;
import org.apache.spark.sql.connector.read.Scan;
import org.apache.spark.sql.connector.read.ScanBuilder;
import org.apache.spark.sql.connector.read.Statistics;
import org.apache.spark.sql.connector.read.SupportsPushDownRequiredColumns;
import org.apache.spark.sql.connector.read.SupportsReportStatistics;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.CaseInsensitiveStringMap;

/**
 * A Spark data source over {@link costlake.land.read.rows.RowReader}. It reads only the columns
 * that a query needs.
 */
public final class DeliveredSource implements TableProvider {
  static final String PLAN = "plan";

  @Override
  public StructType inferSchema(CaseInsensitiveStringMap options) {
    throw new UnsupportedOperationException("the schema is always given");
  }

  @Override
  public boolean supportsExternalMetadata() {
    return true;
  }

  @Override
  public Table getTable(
      StructType schema, Transform[] partitioning, Map<String, String> properties) {
    return new DeliveredFiles(schema);
  }

  private record DeliveredFiles(StructType rowType) implements SupportsRead {
    @Override
    public String name() {
      return "delivered files";
    }

    @Override
    @SuppressWarnings("deprecation")
    public StructType schema() {
      return rowType;
    }

    @Override
    public Set<TableCapability> capabilities() {
      return Set.of(TableCapability.BATCH_READ);
    }

    @Override
    public ScanBuilder newScanBuilder(CaseInsensitiveStringMap options) {
      return new Pruned(
          rowType, ScanPlan.fromJson(Objects.requireNonNull(options.get(PLAN), PLAN)));
    }
  }

  private static final class Pruned implements ScanBuilder, SupportsPushDownRequiredColumns {
    private final ScanPlan plan;
    private StructType required;

    Pruned(StructType schema, ScanPlan plan) {
      this.required = schema;
      this.plan = plan;
    }

    @Override
    public void pruneColumns(StructType requiredSchema) {
      required = requiredSchema;
    }

    @Override
    public Scan build() {
      return new FileScan(required, plan);
    }
  }

  private record FileScan(StructType required, ScanPlan plan)
      implements Scan, Batch, SupportsReportStatistics {
    @Override
    public StructType readSchema() {
      return required;
    }

    @Override
    public String description() {
      return plan.files().size() + " delivered files, rows " + plan.rows();
    }

    @Override
    public Statistics estimateStatistics() {
      long bytes = plan.files().stream().mapToLong(file -> new File(file.path()).length()).sum();
      return new Statistics() {
        @Override
        public OptionalLong sizeInBytes() {
          return OptionalLong.of(bytes);
        }

        @Override
        public OptionalLong numRows() {
          return OptionalLong.empty();
        }
      };
    }

    @Override
    public Batch toBatch() {
      return this;
    }

    @Override
    public InputPartition[] planInputPartitions() {
      return plan.files().stream().flatMap(DeliveredPart::of).toArray(InputPartition[]::new);
    }

    @Override
    public PartitionReaderFactory createReaderFactory() {
      return new Readers(required, plan.rows());
    }
  }

  private record Readers(StructType required, ScanPlan.Rows rows)
      implements PartitionReaderFactory {
    @Override
    public PartitionReader<InternalRow> createReader(InputPartition partition) {
      return new DeliveredPartReader((DeliveredPart) partition, required, rows);
    }
  }
}
