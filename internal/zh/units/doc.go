// Package units knows how Chinese plans and officials name units. Parse reads the
// 责任单位 strings of plans into owners with roles; a Directory finds the units of
// one plan under the short names that people type.
//
// Text comes in as printed, noise and all; names go out Simplified, without blanks,
// with half-width brackets and otherwise as printed: 市发改委 is not expanded. A
// collective name (市级有关部门) is kept as one and never guessed into members.
package units
