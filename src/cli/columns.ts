/**
 * Lays text out in columns.
 *
 * @module
 */

/**
 * Writes rows in columns.
 *
 * @param rows The cells of each row.
 * @param indent Stands before each row.
 * @param numeric The columns that are aligned at their right.
 * @returns The rows, each with its line feed; the last column is not padded.
 */
export function columns(rows: readonly (readonly string[])[], indent = "", numeric: readonly number[] = []): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [index, cell] of row.entries()) widths[index] = Math.max(widths[index] ?? 0, cell.length);
  }
  return rows.map((row) => {
    const cells = row.map((cell, index) => {
      const width = widths[index] ?? 0;
      if (numeric.includes(index)) return cell.padStart(width);
      return index === row.length - 1 ? cell : cell.padEnd(width);
    });
    return `${indent}${cells.join("  ").trimEnd()}\n`;
  }).join("");
}
