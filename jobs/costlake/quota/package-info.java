/** Writes quotas in the formats of the tools that enforce them. */
@NullMarked
package costlake.quota;

import org.jspecify.annotations.NullMarked;
