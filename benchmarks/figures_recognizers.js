// Recognizers-Text (npm) on texts from standard input, a JSON array: [[start, end, low, high, unit], …] for each text.
// Run by figures.py with --npm FOLDER, where `npm install @microsoft/recognizers-text-suite` was done.
const { join } = require("path");
const suite = require(join(process.argv[2], "node_modules/@microsoft/recognizers-text-suite"));
const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));
const readers = [suite.recognizeCurrency, suite.recognizePercentage, suite.recognizeDimension, suite.recognizeNumber];
const found = texts.map((text) => {
  const rows = [];
  for (const read of readers) {
    for (const result of read(text, "en-us")) {
      const resolution = result.resolution || {};
      const value = Number(String(resolution.value).replace(/[%,]/g, ""));
      const span = [result.start, result.end + 1];
      if (!Number.isFinite(value) || rows.some((row) => row[0] < span[1] && span[0] < row[1])) continue;
      const unit = read === suite.recognizePercentage ? "%" : resolution.isoCurrency || resolution.unit || null;
      rows.push([...span, value, value, unit]);
    }
  }
  return rows;
});
console.log(JSON.stringify(found));
