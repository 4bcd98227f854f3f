package costlake.land.read;

/** What a delivered Parquet column must hold. */
public record ParquetCheck(String column, Check.Rule rule) {}
