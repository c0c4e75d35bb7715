const vscode = require("vscode");

exports.activate = () => vscode.commands.executeCommand("localLlm.openChat");
