/** Closes months: what must hold, what is frozen and numbered, and what was issued, again. */
package costlake.close;
