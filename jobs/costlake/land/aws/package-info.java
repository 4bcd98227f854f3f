/**
 * AWS bills: legacy Cost and Usage Reports and CUR 2.0 exports, CSV and Parquet, to bronze.aws_cur.
 */
@NullMarked
package costlake.land.aws;

import org.jspecify.annotations.NullMarked;
