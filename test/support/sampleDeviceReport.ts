export * from "./scripted/sampleDeviceReport";
